import type { FindGateway, RecordingGateway, RecordingWish } from '../../gateways/calls/callGateway.ts'
import { AppError } from '../../models/appError.ts'
import type { CopyRecording, OutboxResult } from '../../models/outboxJob.ts'
import type { RecordingRepository } from '../../repositories/recordingRepository.ts'

export interface CopyDeps {
  recordings: Pick<RecordingRepository, 'store'>
  recordingGatewayOf: FindGateway<RecordingGateway>
}

/** A job's lease is two minutes; the copy, both files of it if need be, has to be over before it. */
const timeoutMs = 100_000
/** Some three minutes after the first: from here on a mixed recording is better than one more wait for the voices apart. */
const patientTries = 3

/**
 * Copies a call's recording from the provider to our private bucket, streamed: the voices apart, or mixed where the provider has no such
 * file or it is too large for the bucket. Doing it twice leaves one file.
 */
export async function copyRecording(deps: CopyDeps, job: CopyRecording, tries: number): Promise<OutboxResult> {
  const gateway = await deps.recordingGatewayOf(job)
  // The key of an account's own connection that is gone does not come back.
  if (!gateway) return { ok: false, error: `no key for ${job.provider}`, is_final: job.connection_id !== null }
  const signal = AbortSignal.timeout(timeoutMs)
  const stereo = await copyOf(deps, gateway, job, { channels: 2, signal })
  if (stereo.ok || !(stereo.is_final || tries > patientTries)) return stereo
  return copyOf(deps, gateway, job, { channels: 1, signal })
}

/** A failure is final when this file will never come; the other one may. */
async function copyOf({ recordings }: CopyDeps, gateway: RecordingGateway, job: CopyRecording, wanted: RecordingWish): Promise<OutboxResult> {
  const recording = await gateway.openRecording(job.provider_call_id, wanted)
  if (recording.kind !== 'ready') return { ok: false, error: recording.cause, is_final: recording.kind !== 'not_ready' }
  const path = `${job.account_id}/${job.call_id}.${recording.extension}`
  try {
    const bytes = await recordings.store(path, recording.body, recording.content_type)
    return { ok: true, path, content_type: recording.content_type, bytes, channels: wanted.channels }
  } catch (error) {
    return { ok: false, error: error instanceof Error ? error.message : String(error), is_final: isTooLarge(error) }
  }
}

const isTooLarge = (error: unknown) => error instanceof AppError && error.code === 'too_large'
