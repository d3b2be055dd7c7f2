/** Accounts whose people wait to be called: made by the product's own commands, with limits out of the way. */
import { randomUUID } from 'node:crypto'
import postgres, { type Sql } from 'postgres'
import { startedCampaign } from '../factories/campaign.ts'
import { INVARIANTS } from '../support/promises.ts'
import { DATABASE, type Bench } from './server.ts'

const CHUNK = 1000

/** Opens accounts with so many people each, all due now. Numbers differ between rounds: a settled person may be called again. */
export async function seedAccounts(bench: Bench, accounts: number, people: number): Promise<void> {
  const admin = postgres(bench.url(DATABASE), { max: 1, onnotice: () => undefined })
  for (let index = 0; index < accounts; index += 1) await seedAccount(bench.sql, admin, people)
  await admin.end()
}

async function seedAccount(sql: Sql, admin: Sql, people: number): Promise<void> {
  const userId = randomUUID()
  await admin`insert into auth.users (id, email, email_confirmed_at, raw_user_meta_data, aud, role)
    values (${userId}, ${`${userId}@example.com`}, now(), '{"name":"Bench"}', 'authenticated', 'authenticated')`
  const owner = { rpc: <T>(name: string, args: Record<string, unknown> = {}) => asOwner<T>(sql, userId, name, args) }
  const { account_id: accountId } = await owner.rpc<{ account_id: string }>('open_account', { company_name: `Bench ${userId}` })
  await sql`select private.post_entry(${accountId}, 'grant', 1000000000, ${`bench:${accountId}`}, 'Bench')`
  const { campaignId } = await startedCampaign({ accountId, owner }, { contacts: 1 })
  await sql`insert into public.contacts (account_id, phone, time_zone, time_zone_source, region)
    select ${accountId}, '+1213' || (1000000 + n)::text, 'America/New_York', (select c.time_zone_source from public.contacts c where c.account_id = ${accountId} limit 1), ''
    from generate_series(1, ${people - 1}::int) n`
  const ids = (await sql`select id from public.contacts where account_id = ${accountId}`).map(({ id }) => id as string)
  for (let from = 0; from < ids.length; from += CHUNK) await owner.rpc('enrol_contacts', { campaign_id: campaignId, contact_ids: ids.slice(from, from + CHUNK) })
  await sql`update engine.accounts set concurrency_max = 100000 where account_id = ${accountId}`
  await sql`update engine.provider_lines l set concurrency_max = 100000, tokens = 100000, calls_per_second = 1000000
    from engine.accounts a where l.id = a.provider_line_id and a.account_id = ${accountId}`
}

async function asOwner<T>(sql: Sql, userId: string, name: string, args: Record<string, unknown>): Promise<T> {
  const [row] = await sql.begin(async (transaction) => {
    await transaction`select set_config('request.jwt.claims', ${JSON.stringify({ role: 'authenticated', sub: userId })}, true),
      set_config('request.jwt.claim.sub', ${userId}, true), set_config('role', 'authenticated', true)`
    const { parts, values } = namedArguments(args)
    return transaction.unsafe<{ answer: T }[]>(`select public.${name}(${parts.join(', ')}) as answer`, values as never[])
  })
  return row?.answer as T
}

function namedArguments(args: Record<string, unknown>): { parts: string[], values: unknown[] } {
  const isObject = (value: unknown) => value !== null && typeof value === 'object'
  const cast = (value: unknown) => Array.isArray(value) ? '::text::uuid[]' : isObject(value) ? '::text::jsonb' : ''
  return {
    parts: Object.entries(args).map(([key, value], at) => `${key} => $${at + 1}${cast(value)}`),
    values: Object.values(args).map((value) => Array.isArray(value) ? `{${value.join(',')}}` : isObject(value) ? JSON.stringify(value) : value),
  }
}

/** A figure of a database whose promises are broken says nothing: the bench ends here. */
export async function requireInvariants(sql: Sql): Promise<void> {
  for (const [promise, query] of Object.entries(INVARIANTS)) {
    const violations = await sql.unsafe(query)
    if (violations.length > 0) throw new Error(`The bench is void, a promise is broken: ${promise} (${violations.length} rows)`)
  }
}
