/**
 * The product's own SQL on one connection, its clock and its ids taken from the run: with the same seed the same rows come
 * into being, under the same names, at the same hours.
 */
import postgres, { type Sql } from 'postgres'
import { createDatabase, type TestDatabase } from '../support/database.ts'
import type { ClusterAddress } from '../support/cluster.ts'

export type Actor = 'service' | { userId: string }

export interface RpcAnswer {
  data: unknown
  error: { code: string, message: string, details: string | null, hint: string | null } | null
  status: number
  /** Did the transaction change anything? */
  wrote: boolean
}

export interface SimulatedDatabase {
  /** A command of the product, in a transaction of its own, as somebody. */
  rpc(actor: Actor, name: string, args: Record<string, unknown>): Promise<RpcAnswer>
  /** As the role that migrations run as: for what the judge reads and for what hosts do (cron, Stripe). */
  query<T = Record<string, unknown>>(text: string, values?: unknown[]): Promise<T[]>
  /** What cron runs. */
  tick(): Promise<RpcAnswer>
  /** Has anybody but cron changed anything since this was asked last? */
  wroteSince(): boolean
  newUser(name: string): Promise<string>
  drop(): Promise<void>
}

export async function createSimulatedDatabase(cluster: ClusterAddress, seed: number, now: () => number): Promise<SimulatedDatabase> {
  const database = await createDatabase(cluster)
  await prepare(database, seed, now())
  const sql = postgres(database.url.replace('supabase_admin', 'postgres'), { max: 1, onnotice: () => undefined, idle_timeout: 0 })
  let hasWritten = false
  const session = { role: '', at: -1 }
  const become = async (role: string, userId: string) => {
    if (session.role === `${role} ${userId}` && session.at === now()) return
    Object.assign(session, { role: `${role} ${userId}`, at: now() })
    await sql.unsafe(`select set_config('sim.now', $1, false), set_config('request.jwt.claims', $2, false), set_config('role', $3, false)`,
      [new Date(now()).toISOString(), JSON.stringify({ role, sub: userId || undefined }), role])
  }
  return {
    async rpc(actor, name, args) {
      await (actor === 'service' ? become('service_role', '') : become('authenticated', actor.userId))
      const answer = await call(sql, name, args)
      hasWritten ||= answer.wrote
      return answer
    },
    async tick() {
      await become('postgres', '')
      return answerOf(sql, 'select private.tick() as answer, pg_current_xact_id_if_assigned() is not null as wrote', [])
    },
    wroteSince() {
      const had = hasWritten
      hasWritten = false
      return had
    },
    async query(text, values = []) {
      await become('postgres', '')
      return await sql.unsafe(text, values as never[]) as never
    },
    newUser: async (name) => (await database.newUser(name)).userId,
    async drop() {
      await sql.end({ timeout: 1 })
      await database.drop()
    },
  }
}

async function call(sql: Sql, name: string, args: Record<string, unknown>): Promise<RpcAnswer> {
  const values: unknown[] = []
  const parts = Object.entries(args).map(([key, value]) => `"${key}" => ${argument(value, values)}`)
  return answerOf(sql, `select public.${name}(${parts.join(', ')}) as answer, pg_current_xact_id_if_assigned() is not null as wrote`, values)
}

async function answerOf(sql: Sql, text: string, values: unknown[]): Promise<RpcAnswer> {
  try {
    const [row] = await sql.unsafe(text, values as never[])
    return { data: row?.answer, error: null, status: 200, wrote: row?.wrote as boolean }
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
  if (code !== 'PGRST') return { data: null, wrote: false, status: 500, error: { code, message, details: null, hint: null } }
  return { data: null, wrote: false, status: (JSON.parse(detail ?? '{"status":500}') as { status: number }).status, error: JSON.parse(message) as RpcAnswer['error'] }
}

/** Ids by seed and number instead of by chance, the run's clock instead of the server's, cron's requests into a list. */
async function prepare({ admin }: TestDatabase, seed: number, startsAt: number): Promise<void> {
  await admin.unsafe(`
    create sequence private.sim_ids;
    create function private.sim_uuid() returns uuid language sql volatile security definer set search_path = '' as $$
      select overlay(overlay(md5('${seed}:' || nextval('private.sim_ids'))::text placing '4' from 13) placing '8' from 17)::uuid $$;
    grant execute on function private.sim_uuid() to public;
    alter database ${'"'}${(await admin`select current_database() as name`)[0]!.name as string}${'"'} set sim.now = '${new Date(startsAt).toISOString()}';
    create or replace function private.now() returns timestamptz language sql stable set search_path = ''
    as $$ select current_setting('sim.now')::timestamptz $$;
    create table private.sim_requests (id bigint generated always as identity, name text not null);
    create or replace function private.call_function(name text) returns void language sql set search_path = ''
    as $$ insert into private.sim_requests (name) values (call_function.name) $$;
    do $do$ declare found record; begin
      for found in select d.adrelid::regclass as relation, a.attname from pg_attrdef d join pg_attribute a on a.attrelid = d.adrelid and a.attnum = d.adnum
        where pg_get_expr(d.adbin, d.adrelid) = 'gen_random_uuid()' loop
        execute format('alter table %s alter %I set default private.sim_uuid()', found.relation, found.attname);
      end loop;
      for found in select pg_get_functiondef(p.oid) as body from pg_proc p where p.pronamespace = 'private'::regnamespace
        and p.proname <> 'sim_uuid' and p.prosrc like '%gen_random_uuid()%' loop
        execute replace(found.body, 'gen_random_uuid()', 'private.sim_uuid()');
      end loop;
    end $do$;
    alter function private.call_function(text) owner to postgres;
    alter table private.sim_requests owner to postgres;`)
}
