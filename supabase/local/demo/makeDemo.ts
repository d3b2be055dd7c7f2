/** The account that explorers find: its people, its company, and a month of its life. */
import type { SimulatedCall } from '../simulators/vapi/call.ts'
import { COLLEAGUES, COMPANY, COMPANY_ZONE, OWNER } from './data/texts.ts'
import { makeMonth } from './makeMonth.ts'
import { DAYS } from './month.ts'
import { openSession, type Session } from './session.ts'
import type { World } from './world.ts'

/** `small` is a sketch of the same month for those in a hurry: tests. */
const SIZES = { full: { contacts: 2_000, beats: 18 }, small: { contacts: 400, beats: 2 } } as const
export type DemoSize = keyof typeof SIZES

export interface Person { name: string, email: string }

export interface DemoOptions {
  /** As the role that migrations run as. */
  databaseUrl: string
  size: DemoSize
  /** A confirmed person who can sign in; the same again is the same person. */
  signUp: (person: Person) => Promise<string>
  /** Tells the simulated carrier of calls whose recording will be asked for. */
  remember: (call: SimulatedCall) => void
  /** How much of it is there, from 0 to 1. */
  onProgress: (share: number) => void
  /** Ends it between two hours of the month. */
  signal?: AbortSignal
  seed?: string
}

/** The first hour of the account, before its first day's morning. */
const OPENED_BEFORE_MS = (DAYS * 24 + 16) * 3_600_000

export async function makeDemo({ databaseUrl, size, signUp, remember, onProgress, signal, seed = 'outdial' }: DemoOptions): Promise<{ accountId: string }> {
  const [ownerId, ...colleagueIds] = await signUpAll(signUp)
  const session = await openSession(databaseUrl)
  try {
    const until = await presentOf(session)
    const { contacts, beats } = SIZES[size]
    await removeHalfMade(session)
    await rewindLine(session, until - OPENED_BEFORE_MS)
    const accountId = await session.transaction(until - OPENED_BEFORE_MS, () => openAccount(session, ownerId!, colleagueIds))
    const people = { owner: ownerId!, manager: colleagueIds[0]! }
    const world: World = { session, accountId, seed, contacts, people, campaigns: {}, assistants: {}, enrolled: {} }
    await makeMonth({ world, beats, until, remember, signal, onDay: (day) => onProgress(day / (DAYS + 1)) })
    await session.query('update private.demo set made_at = clock_timestamp() where account_id = $1', [accountId])
    return { accountId }
  } finally {
    await session.close()
  }
}

async function signUpAll(signUp: DemoOptions['signUp']): Promise<string[]> {
  const ids: string[] = []
  for (const person of [OWNER, ...COLLEAGUES]) ids.push(await signUp(person))
  return ids
}

async function presentOf(session: Session): Promise<number> {
  const [row] = await session.query<{ now: number }>('select (extract(epoch from private.now()) * 1000)::float8 as now')
  return row!.now
}

/** What an end in the middle has left behind has no open calls: each beat of the month is one transaction. */
async function removeHalfMade(session: Session): Promise<void> {
  await session.query(`create table if not exists private.demo (account_id uuid primary key references public.accounts on delete cascade, made_at timestamptz)`)
  await session.query('delete from public.accounts a using private.demo d where a.id = d.account_id and d.made_at is null')
  // Its invoices went with it, and numbers have no gap.
  await session.query('update engine.invoice_numbers set last_no = (select coalesce(max(o.invoice_no), 0) from public.orders o)')
}

/** Nobody dials while the month is made; a line that is next free today would be free to nobody in the past. */
async function rewindLine(session: Session, at: number): Promise<void> {
  await session.query(`update engine.provider_lines set refilled_at = least(refilled_at, to_timestamp($1)), next_dial_at = least(next_dial_at, to_timestamp($1))
    where account_id is null`, [at / 1000])
}

async function openAccount(session: Session, ownerId: string, colleagueIds: string[]): Promise<string> {
  session.become({ userId: ownerId })
  const { account_id: accountId } = await session.rpc<{ account_id: string }>('open_account', { company_name: COMPANY, time_zone: COMPANY_ZONE })
  const { version } = await session.rpc<{ version: number }>('current_terms', { account_id: accountId })
  await session.rpc('accept_terms', { account_id: accountId, version })
  session.become('platform')
  await session.query('insert into private.demo (account_id) values ($1)', [accountId])
  for (const [index, userId] of colleagueIds.entries()) await addColleague(session, accountId, { ...COLLEAGUES[index]!, userId })
  return accountId
}

/** Until there are invitations a membership is a row, and so is the profile that an own account would have brought. */
async function addColleague(session: Session, accountId: string, { userId, name, email, role }: Person & { userId: string, role: string }): Promise<void> {
  await session.query('insert into public.profiles (id, name, email) values ($1, $2, $3) on conflict (id) do nothing', [userId, name, email])
  await session.query('insert into public.members (account_id, user_id, role) values ($1, $2, $3::public.member_role)', [accountId, userId, role])
}
