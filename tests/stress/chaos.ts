/** Sessions end in the middle of what they do, and the server stops without a word and starts again. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import postgres, { type Sql } from 'postgres'
import type { World } from './clients.ts'
import type { Conditions } from './conditions.ts'
import { UNTYPED } from './door.ts'

const STOPS = ['immediate stop', 'backend killed', 'postmaster killed'] as const
type Stop = typeof STOPS[number]

/** Runs until the world is calm. */
export async function provoke(world: World, { callsPerTermination, callsPerStop }: Conditions): Promise<void> {
  const { random, tally, carrier } = world
  const sql = postgres(world.db.url, { max: 1, onnotice: () => undefined, backoff: () => 0.2, ...UNTYPED })
  const [row] = await sql`show data_directory`
  const pidFile = join(row?.data_directory as string, 'postmaster.pid')
  let nextTermination = callsPerTermination
  let nextStop = callsPerStop
  let stops = 0
  while (!world.isCalm) {
    await new Promise((resolve) => setTimeout(resolve, 20))
    if (carrier.calls.size >= nextStop) {
      nextStop = carrier.calls.size + callsPerStop
      const kind = STOPS[stops++ % STOPS.length]!
      await stopServer(sql, kind, pidFile)
      tally.met(`server: ${kind}`)
    } else if (carrier.calls.size >= nextTermination) {
      nextTermination = carrier.calls.size + random.integer(1, 2 * callsPerTermination)
      tally.met('sessions terminated', await terminate(sql, random.integer(1, 3)))
    }
  }
  await sql.end({ timeout: 1 })
}

/** Those that are at work first: one that waits loses nothing. */
async function terminate(sql: Sql, count: number): Promise<number> {
  const ended = await sql`select pg_terminate_backend(pid) from (
    select pid from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend'
    order by state = 'idle', random() limit ${count}) busy`
  return ended.length
}

/** A killed backend brings all others down with it; a killed postmaster leaves them to notice. What keeps the server running starts it again. */
async function stopServer(sql: Sql, kind: Stop, pidFile: string): Promise<void> {
  const postmaster = Number(readFileSync(pidFile, 'utf8').split('\n')[0])
  const [victim] = await sql`select pid from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend'
    order by state = 'idle', random() limit 1`
  if (kind === 'backend killed') process.kill(victim ? victim.pid as number : postmaster, 'SIGKILL')
  else process.kill(postmaster, kind === 'immediate stop' ? 'SIGQUIT' : 'SIGKILL')
  await untilItAnswers(sql)
}

/** A machine that does other things as well reads its log slowly. */
const RECOVERED_WITHIN_MS = 600_000

async function untilItAnswers(sql: Sql): Promise<void> {
  const until = Date.now() + RECOVERED_WITHIN_MS
  // The first answers may come from before the end.
  await new Promise((resolve) => setTimeout(resolve, 100))
  for (;;) {
    try {
      return void await sql`select 1`
    } catch (error) {
      if (Date.now() > until) throw error
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }
}
