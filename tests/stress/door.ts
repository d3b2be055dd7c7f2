/**
 * A way into the database as somebody, over connections that may be cut at any moment. What was asked when one broke is
 * unknown: it may have been committed. Nothing is asked again here.
 */
import postgres from 'postgres'
import { sqlCallOf } from '../../supabase/local/sqlCall.ts'
import type { Tally } from './tally.ts'

interface Failure { code: string, message: string, details: string | null, hint: string | null }
export interface Answer { data: unknown, error: Failure | null, status: number }

export interface Door {
  /** As supabase-js has it. Status 0: no answer came. */
  rpc(name: string, args: Record<string, unknown>): Promise<Answer>
  close(): Promise<void>
}

interface Claims { role: 'service_role' | 'authenticated', sub?: string }
interface DoorOptions { url: string, claims: Claims, connections: number, tally: Tally }

/** The connection, or the whole server, went away: admin, crash and immediate shutdowns, and a server that starts or stops. */
const GONE = /^(57P0[1-4]|08\w{3}|CONNECTION_\w+|CONNECT_TIMEOUT|ECONNREFUSED|ECONNRESET|EPIPE)$/
/** The database gave up by itself; whoever asked may ask again. */
const GAVE_UP: Readonly<Record<string, string>> = { '40P01': 'deadlocks', 40001: 'serialization failures', 57014: 'statement timeouts', '55P03': 'lock timeouts' }

/** The driver asks for the types of arrays behind everybody's back, and nobody hears it when the server goes away meanwhile. */
export const UNTYPED = { fetch_types: false }
/** Two dozen connections that knock without a pause would keep a server from coming up again. */
const ROBUST = { onnotice: () => undefined, connect_timeout: 10, backoff: () => 0.5, ...UNTYPED }
const pause = () => new Promise((resolve) => setTimeout(resolve, 300))

export function openDoor({ url, claims, connections, tally }: DoorOptions): Door {
  const sql = postgres(url, {
    ...ROBUST, max: connections,
    // What PostgREST sets for each request: with the connection, so that a new one is the same person again.
    connection: { role: claims.role, 'request.jwt.claims': JSON.stringify(claims), 'request.jwt.claim.sub': claims.sub ?? '', statement_timeout: 8_000 } as object,
  })
  return {
    async rpc(name, args) {
      const { text, values } = sqlCallOf(name, args)
      try {
        const [row] = await sql.unsafe(text, values as never[], { prepare: true })
        return { data: row?.answer, error: null, status: 200 }
      } catch (error) {
        return await failureOf(name, error as { code: string, message: string, detail?: string }, tally)
      }
    },
    close: () => sql.end({ timeout: 1 }),
  }
}

/** What is nobody's request: cron's heartbeat, the payment provider's posting, an operator's statement. */
export interface Backstage {
  run(name: string, text: string, values?: unknown[]): Promise<Answer & { rows: Record<string, unknown>[] }>
  close(): Promise<void>
}

export function openBackstage(url: string, connections: number, tally: Tally): Backstage {
  const sql = postgres(url, { ...ROBUST, max: connections })
  return {
    async run(name, text, values = []) {
      try {
        const rows = await sql.unsafe(text, values as never[], { prepare: true })
        return { data: rows[0]?.answer, error: null, status: 200, rows: rows as never }
      } catch (error) {
        return { ...await failureOf(name, error as { code: string, message: string, detail?: string }, tally), rows: [] }
      }
    },
    close: () => sql.end({ timeout: 1 }),
  }
}

async function failureOf(name: string, { code, message, detail }: { code: string, message: string, detail?: string }, tally: Tally): Promise<Answer> {
  if (code === 'PGRST') return { data: null, error: JSON.parse(message) as Failure, status: (JSON.parse(detail ?? '{"status":500}') as { status: number }).status }
  if (GONE.test(code)) {
    tally.met('answers lost')
    await pause()
    return { data: null, error: { code: '', message: 'no answer', details: null, hint: null }, status: 0 }
  }
  const gaveUp = GAVE_UP[code]
  if (gaveUp) tally.met(gaveUp)
  if (gaveUp === undefined || code.startsWith('40')) tally.condemn(`${name} failed: ${code} ${message}`)
  return { data: null, error: { code, message, details: null, hint: null }, status: 500 }
}

/** Refused, or without an answer: what a person's page shows. */
export class Refused extends Error {
  readonly code: string
  readonly isUnknown: boolean

  constructor(code: string, isUnknown: boolean, message: string) {
    super(message)
    this.code = code
    this.isUnknown = isUnknown
  }
}

/** The same door for the factories: an answer, or a rejection. */
export async function ask<T>(door: Door, name: string, args: Record<string, unknown> = {}): Promise<T> {
  const { data, error, status } = await door.rpc(name, args)
  if (error) throw new Refused(error.code, status === 0, `${name}: ${error.code} ${error.message}`)
  return data as T
}
