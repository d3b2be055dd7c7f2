/** The local stand-in for pg_cron and pg_net: runs what cron.job says, and sends what waits in net's queue. */
import postgres, { type Sql } from 'postgres'
import { messageOf } from './processes.ts'
import { RECONNECT } from './reconnect.ts'

export interface Ticker {
  /** No beat begins until the answer is called; resolves when the last one is over. */
  pause(): Promise<() => void>
  stop(): Promise<void>
}

const EVERY_MS = 2_000

/**
 * Runs every active job once, as the role that migrations run as; one that fails keeps none of the others from running.
 * cron.schedule takes nothing slower than this ticker.
 */
export async function runJobs(sql: Sql): Promise<void> {
  const jobs = await sql`select command from cron.job where active order by jobid`
  const failures: unknown[] = []
  for (const { command } of jobs) await sql.unsafe(command as string).catch((error: unknown) => failures.push(error))
  if (failures.length > 0) throw failures[0]
}

/** Sends the queued requests; as with pg_net an answer that does not come is nobody's error. */
export async function sendQueued(admin: Sql): Promise<void> {
  const requests = await admin`delete from net.http_request_queue returning url, method, headers, body, timeout_milliseconds`
  await Promise.all(requests.map((request) => fetch(request.url as string, {
    method: request.method as string,
    headers: request.headers as Record<string, string>,
    body: JSON.stringify(request.body),
    signal: AbortSignal.timeout(request.timeout_milliseconds as number),
  }).then((response) => response.arrayBuffer()).catch(() => undefined)))
}

interface Options { databaseUrl: string, adminUrl: string, say: (text: string) => void }

export function startTicker({ databaseUrl, adminUrl, say }: Options): Ticker {
  const sql = postgres(databaseUrl, { max: 1, ...RECONNECT })
  const admin = postgres(adminUrl, { max: 1, ...RECONNECT })
  const beats = createBeats(sql, admin, say)
  let pauses = 0
  const timer = setInterval(() => void (pauses === 0 && beats.beat()), EVERY_MS)
  void beats.beat()
  return {
    async pause() {
      pauses++
      await beats.settled()
      return () => void pauses--
    },
    async stop() {
      clearInterval(timer)
      await beats.settled()
      await Promise.all([sql.end({ timeout: 1 }), admin.end({ timeout: 1 })])
    },
  }
}

/** One beat at a time; answers are not waited for, as pg_net does not either. A complaint is made once, not every two seconds. */
function createBeats(sql: Sql, admin: Sql, say: (text: string) => void) {
  let running: Promise<void> | null = null
  let complaint = ''
  const once = async () => {
    try {
      await runJobs(sql)
      complaint = ''
    } catch (error) {
      if (messageOf(error) !== complaint) say(`The heartbeat failed and is tried again: ${messageOf(error)}`)
      complaint = messageOf(error)
    }
    void sendQueued(admin).catch(() => undefined)
  }
  return {
    async beat() {
      running ??= once().finally(() => {
        running = null
      })
      await running
    },
    settled: async () => void await running,
  }
}
