/** A signed-in person of a running stack with a company of their own, made over HTTP as a browser does it. */
import { randomUUID } from 'node:crypto'
import type { BrowserContext } from '@playwright/test'
import postgres from 'postgres'
import type { StackFile } from '../../supabase/local/stackFile.ts'
import { CONSENT } from '../factories/campaign.ts'
import { acceptTerms } from '../factories/terms.ts'
import type { Actor } from './database.ts'

/** The address is enough to read the mails, the session to be signed in. */
export interface WebAccount {
  accountId: string
  userId: string
  email: string
  owner: Pick<Actor, 'rpc'>
  /** Makes every page of the context that person's. */
  enter(context: BrowserContext): Promise<void>
}

interface Session { access_token: string, expires_in: number, user: { id: string } }

export const PASSWORD = 'Engine#1843'

/** hasAccepted: the terms, as somebody did before the first campaign started. */
export async function openWebAccount(stack: StackFile, { name = 'Ada Lovelace', company = 'Analytical Engines', hasAccepted = true } = {}): Promise<WebAccount> {
  const email = `${randomUUID().slice(0, 8)}@example.com`
  const session = await signUp(stack, { email, name, company })
  const owner = { rpc: <T>(fn: string, args: Record<string, unknown> = {}) => post<T>(stack, `/rest/v1/rpc/${fn}`, args, session.access_token) }
  const { account_id: accountId } = await owner.rpc<{ account_id: string }>('open_account', { company_name: company, time_zone: 'America/New_York' })
  if (hasAccepted) await acceptTerms({ accountId, owner })
  return { accountId, userId: session.user.id, email, owner, enter: (context) => enter(context, stack, session) }
}

async function signUp(stack: StackFile, { email, name, company }: { email: string, name: string, company: string }): Promise<Session> {
  await post(stack, '/auth/v1/signup', { email, password: PASSWORD, data: { name, company_name: company } })
  // The link in the mail would do the same; whoever tests that reads the mail.
  await asAdmin(stack, (sql) => sql`update auth.users set email_confirmed_at = now() where email = ${email}`)
  return post<Session>(stack, '/auth/v1/token?grant_type=password', { email, password: PASSWORD })
}

async function post<T>(stack: StackFile, path: string, body: Record<string, unknown>, token?: string): Promise<T> {
  const headers = { 'content-type': 'application/json', apikey: stack.publishable_key, ...(token && { authorization: `Bearer ${token}` }) }
  const response = await fetch(`${stack.api_url}${path}`, { method: 'POST', headers, body: JSON.stringify(body) })
  const answer = await response.json() as T
  if (!response.ok) throw new Error(`${path} answered ${response.status}: ${JSON.stringify(answer)}`)
  return answer
}

async function enter(context: BrowserContext, stack: StackFile, session: Session): Promise<void> {
  const stored = JSON.stringify({ ...session, expires_at: Math.floor(Date.now() / 1000) + session.expires_in })
  await context.addInitScript(([origin, value]) => {
    // The app renews its session by itself: only the first page of the context brings this one.
    if (location.origin === origin && !localStorage.getItem('outdial-session')) localStorage.setItem('outdial-session', value as string)
  }, [new URL(stack.app_url).origin, stored])
}

/** A colleague who may look and do nothing else; signed in with a company of her own beside this one. */
export const addViewer = (stack: StackFile, account: WebAccount) => addMember(stack, account, { name: 'Vera Viewer', role: 'viewer' })

/** A colleague who sees the campaigns that she is assigned to. */
export const addAgent = (stack: StackFile, account: WebAccount) => addMember(stack, account, { name: 'Agnes Agent', role: 'agent' })

async function addMember(stack: StackFile, account: WebAccount, { name, role }: { name: string, role: string }): Promise<WebAccount> {
  const member = await openWebAccount(stack, { name, company: 'Her own company' })
  await asAdmin(stack, (sql) => sql`insert into public.members (account_id, user_id, role) values (${account.accountId}, ${member.userId}, ${role})`)
  return member
}

/** What a purchase will do once there are purchases. */
export async function giveMinutes(stack: StackFile, accountId: string, minutes: number): Promise<void> {
  await asAdmin(stack, (sql) => sql`select private.post_entry(${accountId}, 'grant', ${minutes * 60}, ${randomUUID()}, 'Minutes for a test')`)
}

/** As many contacts as wanted, through the import that a file takes, in its chunks of a thousand. */
export async function importPeople(account: WebAccount, people: Record<string, unknown>[], timeZone = 'America/New_York'): Promise<string[]> {
  const { import_id } = await account.owner.rpc<{ import_id: string }>('create_import', {
    account_id: account.accountId, file_name: 'people.csv', default_time_zone: timeZone, row_count: people.length, consent: CONSENT })
  const ids: string[] = []
  for (let chunk = 0; chunk * 1000 < people.length; chunk++) {
    const rows = people.slice(chunk * 1000, (chunk + 1) * 1000).map((person, index) => ({ row: chunk * 1000 + index + 1, ...person }))
    const { contact_ids } = await account.owner.rpc<{ contact_ids: string[] }>('import_contacts', { import_id, chunk, rows })
    ids.push(...contact_ids)
  }
  await account.owner.rpc('finish_import', { import_id })
  return ids
}

/** As settlement and the tick do it: with the account's lock held, which keeps the engine's own work on the campaign out meanwhile. */
export async function pauseByRule(stack: StackFile, campaignId: string, reason: string, details: Record<string, number> = {}): Promise<void> {
  await asAdmin(stack, (sql) => sql.begin(async (own) => {
    await own`select private.lock_account(k.account_id) from public.campaigns k where k.id = ${campaignId}`
    await own`select private.pause_by_rule(${campaignId}, ${reason}::text::public.pause_reason, ${own.json(details)})`
  }))
}

export async function asAdmin<T>(stack: StackFile, work: (sql: postgres.Sql) => Promise<T>): Promise<T> {
  const sql = postgres(stack.admin_database_url, { max: 1, onnotice: () => undefined })
  try {
    return await work(sql)
  } finally {
    await sql.end()
  }
}
