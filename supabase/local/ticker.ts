/** The local stand-in for pg_cron and pg_net: runs what cron.job says, and sends what waits in net's queue. */
import postgres, { type Sql } from 'postgres'

export interface Ticker { stop(): Promise<void> }

const EVERY_MS = 2_000

/** Runs every active job once, as the role that migrations run as. */
export async function runJobs(sql: Sql): Promise<void> {
  const jobs = await sql`select command from cron.job where active order by jobid`
  for (const { command } of jobs) await sql.unsafe(command as string)
}

/** Sends the queued requests; as with pg_net an answer that does not come is nobody's error. */
export async function sendQueued(admin: Sql): Promise<void> {
  const requests = await admin`delete from net.http_request_queue returning url, method, headers, body, timeout_milliseconds`
  await Promise.all(requests.map(request => fetch(request.url as string, {
    method: request.method as string,
    headers: request.headers as Record<string, string>,
    body: JSON.stringify(request.body),
    signal: AbortSignal.timeout(request.timeout_milliseconds as number),
  }).then(response => response.arrayBuffer()).catch(() => undefined)))
}

export function startTicker(options: { databaseUrl: string, adminUrl: string, onError: (error: unknown) => void }): Ticker {
  const sql = postgres(options.databaseUrl, { max: 1, onnotice: () => undefined })
  const admin = postgres(options.adminUrl, { max: 1, onnotice: () => undefined })
  let isStopped = false
  let running = Promise.resolve()
  const beat = () => {
    running = runJobs(sql).then(() => sendQueued(admin)).catch(options.onError)
    void running.then(() => {
      if (!isStopped) timer = setTimeout(beat, EVERY_MS)
    })
  }
  let timer = setTimeout(beat, 0)
  return {
    async stop() {
      isStopped = true
      clearTimeout(timer)
      await running
      await Promise.all([sql.end({ timeout: 1 }), admin.end({ timeout: 1 })])
    },
  }
}
