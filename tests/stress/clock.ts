/**
 * One clock for the database and the carrier that runs faster than the one on the wall, so that leases end, calls are given up
 * and the carrier is asked about them within seconds. Requests, restarts and locks take the time they take.
 */
import type { TestDatabase } from '../support/database.ts'

export interface FastClock {
  /** Milliseconds since the epoch, as private.now() says them. */
  now(): number
  /** Milliseconds of this clock. */
  sleep(ms: number): Promise<void>
  leap(minutes: number): Promise<void>
}

export async function installFastClock({ sql }: TestDatabase, speed: number): Promise<FastClock> {
  const since = Date.now()
  const [row] = await sql`select extract(epoch from value) * 1000 as offset_ms from private.clock_offset`
  let offsetMs = Number(row?.offset_ms)
  // A leap is a row, not another function: a session in the middle of its transaction sees it with its next statement, as all others do.
  await sql.unsafe(`create or replace function private.now() returns timestamptz language plpgsql stable security definer set search_path = '' as $$
    begin
      return clock_timestamp() + (clock_timestamp() - '${new Date(since).toISOString()}'::timestamptz) * ${speed - 1} + (select o.value from private.clock_offset o);
    end $$`)
  return {
    now: () => Date.now() + (Date.now() - since) * (speed - 1) + offsetMs,
    sleep: (ms) => new Promise((resolve) => setTimeout(resolve, Math.ceil(ms / speed))),
    async leap(minutes) {
      await sql`update private.clock_offset set value = value + make_interval(mins => ${minutes})`
      offsetMs += minutes * 60_000
    },
  }
}
