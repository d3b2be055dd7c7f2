/** Companies, their numbers and their money. */
import { CONSENT, createCampaign, type Editor } from '../factories/campaign.ts'
import { acceptTerms } from '../factories/terms.ts'
import type { World } from './clients.ts'
import { ask, openDoor, type Door } from './door.ts'

export interface Company extends Editor {
  door: Door
  /** The company's numbers begin with it. */
  prefix: string
  numbers: number
  /** Its owner's, who is also one of the first whom it calls. */
  ownNumber: string
  campaignIds: string[]
  assistantId: string
  /** What was ordered and paid. */
  boughtSeconds: number
}

export const FIRST_NUMBER = 200_000
const ZONES = ['America/New_York', 'America/Chicago'] as const
const RETRIES = ['busy', 'no_answer', 'voicemail', 'failed'].map((outcome) => ({ outcome, retries: 1, delays_minutes: [2], shifts_day_part: false }))

/** Somebody signs up and gets room for many calls at once. */
export async function openCompany({ db, tally }: Pick<World, 'db' | 'tally'>, place: number, callsAtOnce: number): Promise<Company> {
  const { userId } = await db.newUser(`Person ${place}`)
  const door = openDoor({ url: db.url.replace('supabase_admin', 'postgres'), claims: { role: 'authenticated', sub: userId }, connections: 3, tally })
  const owner = { rpc: <T>(name: string, args: Record<string, unknown> = {}) => ask<T>(door, name, args) }
  const { account_id: accountId } = await owner.rpc<{ account_id: string }>('open_account', { company_name: `Company ${place}`, time_zone: 'America/New_York' })
  await acceptTerms({ accountId, owner })
  await db.sql`update engine.accounts set concurrency_max = ${callsAtOnce} where account_id = ${accountId}`
  // Without a gap nothing but a call's own state keeps a second dial from following the first.
  await owner.rpc('save_account_rules', { account_id: accountId, content: { minimum_gap_seconds: place === 1 ? 0 : 60 } })
  const prefix = `+1202${place}`
  const ownNumber = `${prefix}${FIRST_NUMBER + 7}`
  await db.sql`insert into public.own_numbers (user_id, phone) values (${userId}, ${ownNumber})`
  return { accountId, owner, door, prefix, numbers: FIRST_NUMBER, ownNumber, campaignIds: [], assistantId: '', boughtSeconds: 0 }
}

export async function newCampaign(company: Company): Promise<void> {
  const { campaignId, assistantId } = await createCampaign(company, { contacts: 0, assistant: { maximum_seconds: 180 },
    content: { max_attempts: 2, retries: RETRIES, failure_limit_percent: 90, opt_out_limit_percent: 90 } })
  company.campaignIds.push(campaignId)
  company.assistantId = assistantId
}

/** Numbers nobody has been called at, some of them in two campaigns. */
export async function bringNumbers({ random }: Pick<World, 'random'>, company: Company, count: number): Promise<void> {
  const { owner, accountId } = company
  const { import_id } = await owner.rpc<{ import_id: string }>('create_import', { account_id: accountId, file_name: 'list.csv', default_time_zone: null, row_count: count, consent: CONSENT })
  const rows = Array.from({ length: count }, (_, row) => ({ row, phone: `${company.prefix}${company.numbers++}`, name: 'Jo Field', time_zone: random.pick(ZONES) }))
  const { contact_ids } = await owner.rpc<{ contact_ids: string[] }>('import_contacts', { import_id, chunk: 0, rows })
  for (const part of [contact_ids, contact_ids.slice(0, Math.ceil(count / 5))]) {
    await owner.rpc('enrol_contacts', { campaign_id: random.pick(company.campaignIds), contact_ids: part })
  }
}
