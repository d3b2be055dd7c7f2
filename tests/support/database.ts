/** A database of one's own, and people and roles who act in it. */
import { randomBytes, randomUUID } from 'node:crypto'
import postgres, { type Sql } from 'postgres'
import { inject } from 'vitest'
import { sqlCallOf } from '../../supabase/local/sqlCall.ts'
import { TEMPLATE, type ClusterAddress } from './cluster.ts'

type Row = Record<string, unknown>
type Runner = Pick<Sql, 'unsafe'>

/** Somebody who asks the database for something: a person, an outsider, the functions. */
export interface Actor {
  /** Calls public.<name> with named arguments; rejects with the database's error (see errorOf). */
  rpc<T = Row>(name: string, args?: Row): Promise<T>
  query(text: string, values?: unknown[]): Promise<Row[]>
}

/** A session whose transaction the test itself begins and ends: for two sessions that race. */
export interface Session extends Actor {
  begin(): Promise<void>
  commit(): Promise<void>
  close(): Promise<void>
}

export interface TestDatabase {
  name: string
  url: string
  /** The role that migrations run as: sees everything, is bound by nothing but privileges. */
  sql: Sql
  /** The superuser of the cluster. */
  admin: Sql
  /** session: what a token of the auth service says of it; without one the person is signed in by one factor. */
  asUser(userId: string, session?: SessionClaims): Actor
  asAnon(): Actor
  asService(): Actor
  /** postgres: the role that migrations run as. */
  session(role: 'service' | 'postgres' | { userId: string }): Promise<Session>
  /** A session in the middle of a transaction that has done this. Closing takes it back. */
  holding(statement: string): Promise<Session>
  /** A confirmed person. */
  newUser(name?: string): Promise<{ userId: string, email: string }>
  /** Moves the database's clock from now on. */
  shiftClock(interval: string): Promise<void>
  /** The processes of this database that wait for what another one holds. */
  whoWaits(): Promise<number[]>
  /** Until one session waits: a race is only one when the second runner is on the track. */
  untilSomebodyWaits(): Promise<void>
  drop(): Promise<void>
}

export async function createDatabase({ port, password, template = TEMPLATE }: ClusterAddress = inject('cluster')): Promise<TestDatabase> {
  const name = `test_${randomBytes(6).toString('hex')}`
  const url = (role: string, database: string) => `postgresql://${role}:${password}@127.0.0.1:${port}/${database}`
  const maintenance = postgres(url('supabase_admin', 'postgres'), { max: 1, onnotice: () => undefined })
  await maintenance.unsafe(`create database "${name}" template "${template}" owner postgres`)
  const sql = postgres(url('postgres', name), { max: 12, onnotice: () => undefined })
  const admin = postgres(url('supabase_admin', name), { max: 4, onnotice: () => undefined })
  const actor = (claims: Claims) => actorOf((work) => sql.begin(async (transaction) => {
    await become(transaction, claims, true)
    return work(transaction)
  }) as Promise<Row[]>)
  const session: TestDatabase['session'] = (role) => openSession(sql, typeof role === 'object'
    ? { role: 'authenticated', sub: role.userId }
    : { role: role === 'service' ? 'service_role' : role })
  const whoWaits = async () => (await admin`select pid from pg_stat_activity where datname = ${name} and wait_event_type = 'Lock'`).map(({ pid }) => pid as number)
  return {
    name, url: url('supabase_admin', name), sql, admin, session, whoWaits,
    asUser: (userId, session) => actor({ role: 'authenticated', sub: userId, ...session }),
    asAnon: () => actor({ role: 'anon' }),
    asService: () => actor({ role: 'service_role' }),
    async holding(statement) {
      const holder = await session('postgres')
      await holder.begin()
      await holder.query(statement)
      return holder
    },
    async newUser(person = 'Ada Test') {
      const userId = randomUUID()
      const email = `${userId.slice(0, 8)}@example.com`
      await admin`insert into auth.users (id, email, email_confirmed_at, raw_user_meta_data, aud, role)
        values (${userId}, ${email}, now(), ${admin.json({ name: person })}, 'authenticated', 'authenticated')`
      return { userId, email }
    },
    async shiftClock(interval) {
      await admin.unsafe(`update private.clock_offset set value = value + $1::text::interval`, [interval])
    },
    async untilSomebodyWaits() {
      while ((await whoWaits()).length === 0);
    },
    async drop() {
      await Promise.all([sql.end({ timeout: 1 }), admin.end({ timeout: 1 })])
      await maintenance.unsafe(`drop database "${name}" with (force)`)
      await maintenance.end()
    },
  }
}

interface SessionClaims { session_id?: string, aal?: 'aal1' | 'aal2' }
interface Claims extends SessionClaims { role: string, sub?: string }

async function become(runner: Runner, claims: Claims, isLocal: boolean): Promise<void> {
  await runner.unsafe(
    `select set_config('request.jwt.claims', $1, $4), set_config('request.jwt.claim.sub', $2, $4), set_config('request.jwt.claim.role', $3, $4), set_config('role', $3, $4)`,
    [JSON.stringify(claims), claims.sub ?? '', claims.role, isLocal])
}

function actorOf(run: (work: (runner: Runner) => Promise<Row[]>) => Promise<Row[]>): Actor {
  return {
    async rpc<T>(name: string, args: Row = {}) {
      const { text, values } = sqlCallOf(name, args)
      const [row] = await run((runner) => runner.unsafe(text, values as never[]) as unknown as Promise<Row[]>)
      return row?.answer as T
    },
    query: (text, values = []) => run((runner) => runner.unsafe(text, values as never[]) as unknown as Promise<Row[]>),
  }
}

async function openSession(sql: Sql, claims: Claims): Promise<Session> {
  const connection = await sql.reserve()
  await become(connection, claims, false)
  return {
    ...actorOf((work) => work(connection)),
    begin: async () => void await connection.unsafe('begin'),
    commit: async () => void await connection.unsafe('commit'),
    async close() {
      await connection.unsafe('rollback')
      await connection.unsafe('reset role')
      connection.release()
    },
  }
}

/** The application's error inside a rejected call: its code, message and details. Fails when the call succeeded. */
export async function errorOf(call: Promise<unknown>): Promise<{ code: string, message: string, details: unknown }> {
  try {
    await call
  } catch (error) {
    const { code, message } = error as { code: string, message: string }
    if (code !== 'PGRST') return { code, message, details: null }
    const body = JSON.parse(message) as { code: string, message: string, details: string | null }
    return { ...body, details: body.details === null ? null : JSON.parse(body.details) as unknown }
  }
  throw new Error('The call succeeded, but an error was expected.')
}
