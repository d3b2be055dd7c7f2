/** The queues that others use for such work, doing as many jobs that do nothing on as many connections. */
import { Logger, makeWorkerUtils, run } from 'graphile-worker'
import { PgBoss } from 'pg-boss'
import { CONNECTIONS } from './server.ts'

const BATCH = 100
/** A line for every job would be measured too, and stdout belongs to the figures. */
const silent = new Logger(() => () => undefined)

/** Answers the seconds from the first worker's start until every job is completed in the database. */
export async function runGraphile(connectionString: string, jobs: number, isBatched: boolean): Promise<number> {
  const utils = await makeWorkerUtils({ connectionString, logger: silent })
  await utils.migrate()
  await utils.addJobs(Array.from({ length: jobs }, () => ({ identifier: 'dial', payload: {} })))
  await utils.release()
  let done = 0
  const finished = Promise.withResolvers<undefined>()
  const began = performance.now()
  const worker = isBatched
    ? { concurrentJobs: BATCH, maxPoolSize: CONNECTIONS, localQueue: { size: BATCH * 2 }, completeJobBatchDelay: 0, failJobBatchDelay: 0 }
    : { concurrentJobs: CONNECTIONS, maxPoolSize: CONNECTIONS }
  const runner = await run({ connectionString, logger: silent, noHandleSignals: true, preset: { worker }, taskList: { dial: () => {
    done += 1
    if (done === jobs) finished.resolve(undefined)
  } } })
  await finished.promise
  await runner.stop()
  return (performance.now() - began) / 1000
}

export async function runBoss(connectionString: string, jobs: number): Promise<number> {
  const boss = new PgBoss({ connectionString, max: CONNECTIONS, supervise: false, schedule: false })
  boss.on('error', (error) => { throw error })
  await boss.start()
  await boss.createQueue('dial')
  await boss.insert('dial', Array.from({ length: jobs }, () => ({ data: {} })))
  const began = performance.now()
  await Promise.all(Array.from({ length: CONNECTIONS }, async () => {
    for (;;) {
      const fetched = await boss.fetch('dial', { batchSize: BATCH })
      if (fetched.length === 0) return
      await boss.complete('dial', fetched.map(({ id }) => id))
    }
  }))
  const seconds = (performance.now() - began) / 1000
  await boss.stop({ graceful: false })
  return seconds
}
