import type { RecordingGateway } from '../../gateways/calls/callGateway.ts'
import { AppError } from '../../models/appError.ts'
import type { CopyRecording, OutboxResult } from '../../models/outboxJob.ts'
import type { RecordingRepository } from '../../repositories/recordingRepository.ts'

export interface CopyDeps {
  recordings: Pick<RecordingRepository, 'store'>
  recordingGateways: Readonly<Record<string, RecordingGateway>>
}

/** Copies a call's recording from the provider to our private bucket, streamed. Doing it twice leaves one file. */
export async function copyRecording({ recordings, recordingGateways }: CopyDeps, job: CopyRecording): Promise<OutboxResult> {
  const gateway = recordingGateways[job.provider]
  if (!gateway) return { ok: false, error: `no provider ${job.provider}`, is_final: false }
  const recording = await gateway.openRecording(job.provider_call_id)
  if (recording.kind !== 'ready') return { ok: false, error: recording.cause, is_final: recording.kind === 'gone' }
  const path = `${job.account_id}/${job.call_id}.${recording.extension}`
  try {
    const bytes = await recordings.store(path, recording.body, recording.content_type)
    return { ok: true, path, content_type: recording.content_type, bytes }
  } catch (error) {
    return { ok: false, error: error instanceof Error ? error.message : String(error), is_final: isTooLarge(error) }
  }
}

const isTooLarge = (error: unknown) => error instanceof AppError && error.code === 'too_large'
