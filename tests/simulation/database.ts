/**
 * The product's own SQL on one connection, its clock and its ids taken from the run: with the same seed the same rows come
 * into being, under the same names, at the same hours.
 */
import postgres, { type Sql } from 'postgres'
import { createDatabase } from '../support/database.ts'
import type { ClusterAddress } from '../support/cluster.ts'
import { prepareDatabase } from './prepareDatabase.ts'

export type Actor = 'service' | { userId: string }

export interface RpcAnswer {
  data: unknown
  error: { code: string, message: string, details: string | null, hint: string | null } | null
  status: number
  /** The tables of the promises in which the transaction changed rows, and 'another' when it wrote at all; null when nobody looked. */
  wrote: readonly string[] | null
}

export interface SimulatedDatabase {
  /** What its clock shows: the world's time, and what the clock once jumped ahead. */
  now(): number
  /** From now on its clock shows so much more. */
  jump(ms: number): void
  /** A command of the product, in a transaction of its own, as somebody. */
  rpc(actor: Actor, name: string, args: Record<string, unknown>): Promise<RpcAnswer>
  /** As the role that migrations run as: for what the judge reads and for what hosts do (cron, Stripe). */
  query<T = Record<string, unknown>>(text: string, values?: unknown[]): Promise<T[]>
  /** What somebody sees who asks the tables themselves. */
  read<T = Record<string, unknown>>(userId: string, text: string, values?: unknown[]): Promise<T[]>
  /** What cron runs. Answers the functions it called, too. */
  tick(): Promise<RpcAnswer & { calls: string[] }>
  newUser(name: string): Promise<string>
  drop(): Promise<void>
}

export async function createSimulatedDatabase(cluster: ClusterAddress, seed: number, worldTime: () => number): Promise<SimulatedDatabase> {
  const database = await createDatabase(cluster)
  await prepareDatabase(database, seed, worldTime())
  const sql = postgres(database.url.replace('supabase_admin', 'postgres'), { max: 1, onnotice: () => undefined, idle_timeout: 0 })
  let aheadMs = 0
  const now = () => worldTime() + aheadMs
  const become = createSession(sql, now)
  return {
    now,
    jump: (ms) => void (aheadMs += ms),
    async rpc(actor, name, args) {
      const values: unknown[] = []
      const parts = Object.entries(args).map(([key, value]) => `"${key}" => ${argument(value, values)}`)
      become(actor === 'service' ? 'service_role' : 'authenticated', actor === 'service' ? '' : actor.userId)
      return answerOf(sql, `select public.${name}(${parts.join(', ')}) as answer, private.sim_written() as wrote`, values)
    },
    async tick() {
      become('postgres', '')
      const answer = answerOf(sql, 'select private.tick() as answer, private.sim_written() as wrote', [])
      const calls = await ask<{ name: string }>(sql, 'delete from private.sim_requests returning name')
      return { ...await answer, calls: calls.map(({ name }) => name) }
    },
    query(text, values) {
      become('postgres', '')
      return ask(sql, text, values)
    },
    read(userId, text, values) {
      become('authenticated', userId)
      return ask(sql, text, values)
    },
    async newUser(name) {
      const [person] = await database.admin<{ id: string }[]>`with made as (select private.sim_uuid() as id)
        insert into auth.users (id, email, email_confirmed_at, raw_user_meta_data, aud, role)
        select id, id || '@example.com', now(), ${database.admin.json({ name })}, 'authenticated', 'authenticated' from made returning id`
      return person!.id
    },
    async drop() {
      await sql.end({ timeout: 1 })
      await database.drop()
    },
  }
}

/** Who asks next, and at what time. Sent ahead of the question on the same connection: nobody waits for its answer. */
function createSession(sql: Sql, now: () => number) {
  const session = { as: '', at: -1 }
  return (role: string, userId: string) => {
    const as = `${role} ${userId}`
    if (session.as === as && session.at === now()) return
    Object.assign(session, { as, at: now() })
    void ask(sql, `select set_config('sim.now', $1, false), set_config('request.jwt.claims', $2, false), set_config('role', $3, false)`,
      [new Date(now()).toISOString(), JSON.stringify({ role, sub: userId || undefined }), role])
  }
}

/** The same questions come again and again: the server plans each of them once. */
async function ask<T>(sql: Sql, text: string, values: unknown[] = []): Promise<T[]> {
  return await sql.unsafe(text, values as never[], { prepare: true }) as never
}

async function answerOf(sql: Sql, text: string, values: unknown[]): Promise<RpcAnswer> {
  try {
    const [row] = await ask<{ answer: unknown, wrote: string[] }>(sql, text, values)
    return { data: row?.answer, error: null, status: 200, wrote: row!.wrote }
  } catch (error) {
    return failureOf(error as { code: string, message: string, detail?: string })
  }
}

/** Lists of ids are uuid[], other objects are jsonb: as PostgREST reads them. */
function argument(value: unknown, values: unknown[]): string {
  const isIds = Array.isArray(value) && value.every((item) => typeof item === 'string')
  values.push(isIds ? `{${value.join(',')}}` : value !== null && typeof value === 'object' ? JSON.stringify(value) : value)
  return `$${values.length}${isIds ? '::text::uuid[]' : value !== null && typeof value === 'object' ? '::text::jsonb' : ''}`
}

function failureOf({ code, message, detail }: { code: string, message: string, detail?: string }): RpcAnswer {
  if (code !== 'PGRST') return { data: null, wrote: [], status: 500, error: { code, message, details: null, hint: null } }
  return { data: null, wrote: [], status: (JSON.parse(detail ?? '{"status":500}') as { status: number }).status, error: JSON.parse(message) as RpcAnswer['error'] }
}
