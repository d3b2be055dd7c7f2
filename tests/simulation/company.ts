/** Who has an account: how they set it up, and how they speak to the product. */
import { ALWAYS, createCampaign, type Editor } from '../factories/campaign.ts'
import { acceptTerms } from '../factories/terms.ts'
import { drawAccountRules, drawCampaign, drawContact } from './draws.ts'
import { zones } from './places.ts'
import type { World } from './processes.ts'
import { ignoreRefusal, Refused } from './refused.ts'

export interface Company extends Editor {
  userId: string
  campaignIds: string[]
  contactIds: string[]
}

/** Somebody signs up, says when people may be called, describes an assistant and prepares campaigns. */
export async function openCompany(world: World, place: number): Promise<Company> {
  const { random, database, faults } = world
  const userId = await database.newUser(`Person ${place}`)
  const owner = { rpc: <T>(name: string, args: Record<string, unknown> = {}) => command<T>(world, userId, name, args) }
  const { account_id: accountId } = await owner.rpc<{ account_id: string }>('open_account', { company_name: `Company ${place}`, time_zone: random.pick(zones) })
  await acceptTerms({ accountId, owner })
  const company: Company = { accountId, userId, owner, campaignIds: [], contactIds: [] }
  if (random.chance(0.8)) await owner.rpc('save_account_rules', { account_id: accountId, content: drawAccountRules(world) })
  if (random.chance(0.4)) await asHost(world, 'update engine.accounts set concurrency_max = $2 where account_id = $1', [accountId, random.integer(1, 3)])
  if (faults.happens('people: an account with a line of its own', 0.3)) await giveOwnLine(world, accountId)
  const hasFew = faults.happens('people: begin with few minutes', 0.3)
  if (hasFew) await post(world, accountId, { kind: 'adjust', seconds: -random.integer(400, 1_100) })
  else if (random.chance(0.6)) await post(world, accountId, { kind: 'purchase', seconds: random.integer(2_000, 40_000) })
  if (random.chance(0.25)) await openRush(world, company)
  for (let n = random.integer(1, 3); n > 0; n--) await newCampaign(world, company)
  const early = company.campaignIds.filter(() => random.chance(0.7))
  for (const campaign_id of early) await owner.rpc('start_campaign', { campaign_id }).catch(ignoreRefusal)
  return company
}

export async function newCampaign(world: World, company: Company, content: Record<string, unknown> = {}): Promise<void> {
  const { random } = world
  const contacts = 'name' in content || random.chance(0.2) ? 30 : random.integer(4, 16)
  const known = random.chance(0.4) ? company.contactIds.slice(0, 6) : []
  const { campaignId, contactIds } = await createCampaign(company, {
    contacts: Array.from({ length: contacts }, () => drawContact(world)), content: { ...drawCampaign(world), ...content },
    assistant: { maximum_seconds: random.pick([60, 120, 300]) },
  })
  if (known.length > 0) await company.owner.rpc('enrol_contacts', { campaign_id: campaignId, contact_ids: known })
  company.campaignIds.push(campaignId)
  company.contactIds.push(...contactIds)
}

/** Two campaigns that want every call at the same time. */
async function openRush(world: World, company: Company): Promise<void> {
  const open = { windows: ALWAYS, daily_cap: null, budget_seconds: null, concurrency_max: null, starts_at: null, ends_at: null, blackout_dates: [] }
  await post(world, company.accountId, { kind: 'purchase', seconds: 90_000 })
  await company.owner.rpc('save_account_rules', { account_id: company.accountId, content: { daily_cap: null, windows: [], blackout_dates: [] } })
  for (const priority of ['normal', world.random.pick(['normal', 'high'])]) await newCampaign(world, company, { ...open, name: 'Rush', priority })
  for (const campaign_id of company.campaignIds) await company.owner.rpc('start_campaign', { campaign_id }).catch(ignoreRefusal)
}

async function giveOwnLine(world: World, accountId: string): Promise<void> {
  const { random, carrier } = world
  const [atOnce, perSecond] = [random.integer(1, 4), random.pick([1, 5])]
  const ref = `00000000-0000-4000-8000-${accountId.slice(-12)}`
  await asHost(world, `with number as (insert into public.phone_numbers (account_id, e164, label, provider, provider_ref) values ($1, '+12025550199', 'Own', 'vapi', $2) returning id),
    line as (insert into engine.provider_lines (account_id, phone_number_id, concurrency_max, calls_per_second, tokens) select $1, id, $3, $4, $3 from number returning id)
    update engine.accounts set provider_line_id = (select id from line) where account_id = $1`, [accountId, ref, atOnce, perSecond])
  carrier.limit(ref, atOnce)
}

/** What hosts and operators do straight in the tables: Stripe's postings, a line of one's own. */
export async function asHost(world: World, text: string, values: unknown[]): Promise<void> {
  await world.database.query(text, values)
  await world.judge('host', {}, { data: null, error: null, status: 200, wrote: null })
}

/** ref: the fact it stands for, which is posted once. */
export interface Movement { kind: 'purchase' | 'refund' | 'adjust', seconds: number, ref?: string }

/** A movement of minutes. */
export async function post(world: World, accountId: string, { kind, seconds, ref }: Movement): Promise<void> {
  await asHost(world, `select private.post_entry($1, '${kind}', $2, $3)`, [accountId, seconds, ref ?? `${world.agenda.now()}:${seconds}:${accountId}`])
}

async function command<T>(world: World, userId: string, name: string, args: Record<string, unknown>): Promise<T> {
  const answer = await world.database.rpc({ userId }, name, args)
  await world.judge(name, args, answer)
  if (answer.error) throw new Refused(answer.error)
  return answer.data as T
}
