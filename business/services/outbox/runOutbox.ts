import { copyRecordingSchema, type OutboxJob, type OutboxResult } from '../../models/outboxJob.ts'
import type { Clock, Log } from '../../models/runtime.ts'
import type { OutboxRepository } from '../../repositories/outboxRepository.ts'
import { inPool } from '../inPool.ts'
import { copyRecording, type CopyDeps } from './copyRecording.ts'

export interface OutboxDeps extends CopyDeps {
  outbox: OutboxRepository
  clock: Clock
  log: Log
}

const jobsPerRound = 10
const jobsAtOnce = 4
/** No new round after this: a worker of the hosted platform lives for 150 seconds. */
const budgetMs = 30_000

/** Does what transactions ordered, round after round, until nothing is due. A job that dies here is leased again later. */
export async function runOutbox(deps: OutboxDeps): Promise<{ done: number }> {
  const startedAt = deps.clock()
  let done = 0
  while (deps.clock() - startedAt < budgetMs) {
    const jobs = await deps.outbox.claim(jobsPerRound)
    if (jobs.length === 0) break
    await inPool(jobs, jobsAtOnce, (job) => doJob(deps, job))
    done += jobs.length
  }
  return { done }
}

/** A job whose answer cannot be stored comes back when its lease ends; it must not keep the others waiting. */
async function doJob(deps: OutboxDeps, job: OutboxJob): Promise<void> {
  try {
    const result = await resultOf(deps, job).catch(failed)
    const { state } = await deps.outbox.record(job.id, result)
    deps.log(result.ok ? 'info' : 'warn', 'job.answered', { id: job.id, kind: job.kind, state, error: result.ok ? undefined : result.error })
  } catch (error) {
    deps.log('error', 'job.broken', { id: job.id, kind: job.kind, error: String(error) })
  }
}

/** A kind this version does not know belongs to a newer deployment, which will find the job again. */
async function resultOf(deps: OutboxDeps, { kind, payload }: OutboxJob): Promise<OutboxResult> {
  if (kind === 'copy_recording') return copyRecording(deps, copyRecordingSchema.parse(payload))
  return { ok: false, error: `unknown kind of job: ${kind}`, is_final: false }
}

function failed(error: unknown): OutboxResult {
  return { ok: false, error: error instanceof Error ? error.message : String(error), is_final: false }
}
