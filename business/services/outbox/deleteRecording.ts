import type { OutboxResult } from '../../models/outboxJob.ts'
import type { OutboxRepository } from '../../repositories/outboxRepository.ts'
import type { RecordingRepository } from '../../repositories/recordingRepository.ts'

export interface DeletionDeps {
  outbox: Pick<OutboxRepository, 'recordingToDelete'>
  recordings: Pick<RecordingRepository, 'remove'>
}

/** Deletes a recording whose time is over. A worker that dies after it leaves a file that is gone, which the next one deletes again. */
export async function deleteRecording({ outbox, recordings }: DeletionDeps, job_id: number): Promise<OutboxResult> {
  const recording = await outbox.recordingToDelete(job_id)
  if (!recording) return { ok: true, is_deleted: false }
  await recordings.remove(recording.path)
  return { ok: true, is_deleted: true }
}
