/**
 * The clock of the local stack. Contacts may be called at certain hours only, and who tries the product at night would see
 * nobody called: so the clock can be moved, and database, simulated carrier and pages follow the same offset. The database
 * keeps it, a restart loses nothing. Sessions, signed addresses and deadlines of requests stay in real time.
 */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import postgres, { type Sql } from 'postgres'
import { BOOTSTRAP } from './paths.ts'

/** opening: when the first waiting contacts may be called, else the next nine o'clock in their zone; hour: an hour on; real: no offset. */
export const CLOCK_MOVES = ['opening', 'morning', 'hour', 'real'] as const
export type ClockMove = (typeof CLOCK_MOVES)[number]

/** What people are shown of it. Times are of the moved clock. */
export interface ClockFacts {
  offset_ms: number
  now: string
  /** Where calling opens next for contacts who wait; otherwise where some live who may be called. */
  time_zone: string
  /** Somebody waits for calling hours. */
  is_waiting: boolean
  /** Where the move `opening` leads. */
  opens_at: string
}

export interface LocalClock {
  now(): Date
  offsetMs(): number
  /** Reads the database's offset, which somebody may have changed there. A database that has none takes this clock's. */
  follow(): Promise<void>
  facts(): Promise<ClockFacts>
  move(move: ClockMove, zone?: string): Promise<ClockFacts>
}

/** `url`: of the database, as the role that migrations run as. Nothing stays connected, so that the database can be replaced. */
export function createClock(url: string): LocalClock {
  let offsetMs = 0
  const withSql = async <T>(work: (sql: Sql) => Promise<T>): Promise<T> => {
    const sql = postgres(url, { max: 1, onnotice: () => undefined })
    try {
      return await work(sql)
    } finally {
      await sql.end({ timeout: 1 })
    }
  }
  const factsFrom = async (sql: Pick<Sql, 'unsafe'>) => {
    const [row] = await sql.unsafe('select private.clock_facts() as facts')
    const facts = row?.facts as ClockFacts
    offsetMs = facts.offset_ms
    return facts
  }
  return {
    now: () => new Date(Date.now() + offsetMs),
    offsetMs: () => offsetMs,
    follow: () => withSql(async (sql) => {
      const [known] = await sql`select to_regclass('private.clock_offset') is not null as is_installed`
      if (!known?.is_installed) await installClock(sql, offsetMs)
      const [row] = await sql`select extract(epoch from value) * 1000 as offset_ms from private.clock_offset`
      offsetMs = Number(row?.offset_ms)
    }),
    facts: () => withSql(factsFrom),
    move: (move, zone) => withSql(async (sql) => {
      await sql.unsafe(`select private.move_clock(${DISTANCE[move]}) from private.clock_facts() as clock (facts)`, move === 'morning' ? [zone ?? null] : [])
      return factsFrom(sql)
    }),
  }
}

const TO = (instant: string): string => `make_interval(secs => extract(epoch from ${instant} - private.now()))`

/** How far to go, in SQL, so that the time of the way to the database is not lost. */
const DISTANCE: Record<ClockMove, string> = {
  opening: TO(`(facts ->> 'opens_at')::timestamptz`),
  morning: TO(`private.next_morning(coalesce($1::text, facts ->> 'time_zone'))`),
  hour: `interval '1 hour'`,
  real: `(select make_interval(secs => -extract(epoch from o.value)) from private.clock_offset o)`,
}

/** Gives private.now() an offset. A change of the script asks for a new database, as every change of the bootstrap does. */
export async function installClock(sql: Sql, offsetMs = 0): Promise<void> {
  await sql.unsafe(await readFile(join(BOOTSTRAP, 'clock.sql'), 'utf8'))
  await sql`insert into private.clock_offset (value) values (make_interval(secs => ${offsetMs / 1000})) on conflict do nothing`
}
