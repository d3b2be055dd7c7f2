/**
 * One session of the database with an hour of its own: whoever acts in it, acts at that hour, and nobody else notices. What
 * is sent without waiting goes over the one connection in order.
 */
import postgres, { type ReservedSql } from 'postgres'
import type { RpcClient } from '../../../business/repositories/rpc.ts'
import { sqlCallOf } from '../sqlCall.ts'

/** Migrations run as postgres, which keeps the platform's books; the functions are the service; everybody else is a person. */
export type Who = 'platform' | 'service' | { userId: string }

export interface Session {
  /** Milliseconds since the epoch, by the session's clock. */
  now(): number
  moveTo(at: number): void
  /** All of it or nothing, beginning at the given hour; a statement that failed is told here, whoever swallowed it. */
  transaction<T>(at: number, work: () => Promise<T>): Promise<T>
  /** What the platform books for somebody carries their name. */
  become(who: Who, onBehalfOf?: string): void
  rpc<T = Record<string, unknown>>(name: string, args?: Record<string, unknown>): Promise<T>
  /** The same for the product's repositories. */
  client: RpcClient
  query<T = Record<string, unknown>>(text: string, values?: unknown[]): Promise<T[]>
  close(): Promise<void>
}

export async function openSession(databaseUrl: string): Promise<Session> {
  const pool = postgres(databaseUrl, { max: 1, onnotice: () => undefined, idle_timeout: 0 })
  const sql = await pool.reserve()
  // The month is made again if the machine stops meanwhile: nothing in it is worth waiting for the disk.
  await sql.unsafe(`set synchronous_commit = off`)
  const state = { now: 0, failure: null as Error | null }
  const send = async <T>(text: string, values: unknown[] = []): Promise<T[]> => {
    try {
      return await sql.unsafe(text, values as never[], { prepare: true }) as unknown as T[]
    } catch (error) {
      state.failure ??= error as Error
      throw error
    }
  }
  const sendOff = (text: string, values: unknown[]) => void send(text, values).catch(() => undefined)
  const rpc: Session['rpc'] = async <T>(name: string, args: Record<string, unknown> = {}) => {
    const { text, values } = sqlCallOf(name, args)
    const [row] = await send<{ answer: T }>(text, values)
    return row?.answer as T
  }
  const moveTo = (at: number) => {
    state.now = at
    sendOff(`select set_config('outdial.moment', $1, false)`, [new Date(at).toISOString()])
  }
  return {
    now: () => state.now, moveTo, rpc, query: send,
    client: { rpc: async (name, args) => ({ data: await rpc<unknown>(name, args), error: null, status: 200 }) },
    become: (who, onBehalfOf) => sendOff(...claimsOf(who, onBehalfOf)),
    async transaction(at, work) {
      state.failure = null
      await sql.unsafe('begin')
      moveTo(at)
      return end(sql, work, () => state.failure)
    },
    async close() {
      sql.release()
      await pool.end({ timeout: 1 })
    },
  }
}

/** A statement that failed has undone the others, and its error may have been taken for one call's trouble. */
async function end<T>(sql: ReservedSql, work: () => Promise<T>, failure: () => Error | null): Promise<T> {
  try {
    const answer = await work()
    if (failure()) throw failure()
    await sql.unsafe(`commit`)
    return answer
  } catch (error) {
    await sql.unsafe('rollback')
    throw failure() ?? error
  } finally {
    await sql.unsafe('reset role')
  }
}

function claimsOf(who: Who, onBehalfOf = ''): [text: string, values: unknown[]] {
  const role = who === 'platform' ? 'postgres' : who === 'service' ? 'service_role' : 'authenticated'
  const userId = typeof who === 'object' ? who.userId : onBehalfOf
  return [`select set_config('request.jwt.claims', $1, true), set_config('request.jwt.claim.sub', $2, true), set_config('request.jwt.claim.role', $3, true),
    set_config('role', $3, true)`, [JSON.stringify({ role, ...(userId && { sub: userId }) }), userId, role]]
}
