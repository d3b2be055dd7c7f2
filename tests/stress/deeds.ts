/** What people do while calls run: all on the same few accounts, at any moment, in any state. */
import type { World } from './clients.ts'
import { Refused } from './door.ts'
import { buyMinutes, give } from './payments.ts'
import { bringNumbers, FIRST_NUMBER, newCampaign, type Company } from './people.ts'
import { tryAssistant } from './testCalls.ts'

type Deed = (world: World, company: Company) => Promise<unknown>

const aCampaign = ({ random }: World, company: Company) => random.pick(company.campaignIds)
/** One of the company's latest numbers: those that are being called. */
const aNumber = ({ random }: World, company: Company) => `${company.prefix}${Math.max(FIRST_NUMBER, company.numbers - random.integer(1, 2_000))}`

/** A row of the company by chance: the next id after a random one. */
async function aRow({ backstage, random }: World, { accountId }: Company, table: 'enrolments' | 'contacts'): Promise<Record<string, string>> {
  const somewhere = `${random.integer(0, 0xFFFF).toString(16).padStart(4, '0')}0000-0000-4000-8000-000000000000`
  const { rows: [row] } = await backstage.run('look', `select * from public.${table} where id > $1 and account_id = $2 order by id limit 1`, [somewhere, accountId])
  if (!row) throw new Refused('not_found', false, 'Nobody is there.')
  return row as Record<string, string>
}

const allowing = (command: string): Deed => (world, company) => {
  const campaign_id = aCampaign(world, company)
  return world.bans.allow(campaign_id, () => company.owner.rpc(command, { campaign_id }))
}
const forbidding = (command: string): Deed => (world, company) => {
  const campaign_id = aCampaign(world, company)
  return world.bans.forbid(campaign_id, () => company.owner.rpc(command, { campaign_id }))
}

const DEEDS: Readonly<Record<string, [weight: number, deed: Deed]>> = {
  'bring numbers': [25, async (world, company) => {
    const { rows } = await world.backstage.run('look', 'select sum(waiting_count)::int as waiting from engine.campaigns where account_id = $1', [company.accountId])
    const enough = Math.min(600, Math.ceil(world.wanted / 10))
    if (Number(rows[0]?.waiting ?? enough) < enough) await bringNumbers(world, company, Math.ceil(enough / 2))
  }],
  start: [20, allowing('start_campaign')],
  pause: [6, forbidding('pause_campaign')],
  resume: [20, allowing('resume_campaign')],
  stop: [0.5, forbidding('stop_campaign')],
  'another campaign': [0.5, (_world, company) => newCampaign(company)],
  'top up': [8, (world, company) => buyMinutes(world, company, world.random.integer(10, 100))],
  'opt out': [6, (world, company) => {
    const phone = aNumber(world, company)
    return world.bans.forbid(phone, () => company.owner.rpc('opt_out_number', { account_id: company.accountId, phone, source: 'hand', reason: 'asked' }))
  }],
  'opt in': [1, async (world, company) => {
    const { rows: [listed] } = await world.backstage.run('look', 'select phone from public.do_not_call where account_id = $1 order by created_at desc limit 1', [company.accountId])
    if (!listed) throw new Refused('not_found', false, 'Nobody is listed.')
    const phone = listed.phone as string
    return world.bans.allow(phone, () => company.owner.rpc('remove_opt_out', { account_id: company.accountId, phone, reason: 'asked' }))
  }],
  'edit limits': [6, (world, company) => company.owner.rpc('save_campaign', { account_id: company.accountId, campaign_id: aCampaign(world, company),
    content: { concurrency_max: world.random.pick([null, null, 5, 50, 200]), budget_seconds: world.random.pick([null, null, 10_000_000]) } })],
  'edit rules': [1, (world, company) => company.owner.rpc('save_account_rules', { account_id: company.accountId, content: { minimum_gap_seconds: world.random.pick([0, 30, 90]) } })],
  move: [4, async (world, company) => {
    const { id, phone, name } = await aRow(world, company, 'contacts')
    return company.owner.rpc('save_contact', { account_id: company.accountId, contact_id: id, content: { phone, name, time_zone: world.random.pick(['America/New_York', 'America/Chicago', 'America/Denver']) } })
  }],
  'call now': [3, async (world, company) => {
    const { id } = await aRow(world, company, 'enrolments')
    return world.bans.allow(id!, () => company.owner.rpc('call_now', { enrolment_id: id }))
  }],
  'call back': [3, async (world, company) => {
    const { id } = await aRow(world, company, 'enrolments')
    const local_time = new Date(world.clock.now() - 4 * 3_600_000 + world.random.integer(1, 10) * 60_000).toISOString().slice(0, 16)
    return world.bans.allow(id!, () => company.owner.rpc('request_callback', { enrolment_id: id, local_time, note: 'asked for it' }))
  }],
  'take out': [4, async (world, company) => {
    const { id } = await aRow(world, company, 'enrolments')
    return world.bans.forbid(id!, () => company.owner.rpc('remove_enrolment', { enrolment_id: id }))
  }],
  'try the assistant': [4, tryAssistant],
  // Capacity refusals take the line's tokens; one every ten seconds would come back.
  'widen the line': [2, ({ backstage }) => backstage.run('widen', 'update engine.provider_lines set tokens = concurrency_max where tokens < concurrency_max')],
}

const WEIGHTS = Object.fromEntries(Object.entries(DEEDS).map(([name, [weight]]) => [name, weight]))

/** Somebody does something; what the state does not allow is refused, and what has no answer is looked at again some day. */
export async function doSomething(world: World): Promise<void> {
  const name = world.random.weighted(WEIGHTS)
  try {
    await DEEDS[name]![1](world, world.random.pick(world.companies))
    world.tally.met(`people: ${name}`)
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    world.tally.met(`refused: ${error.isUnknown ? 'no answer' : error.code}`)
    if (error.code === 'invalid_input') world.tally.condemn(`${name} was misunderstood: ${error.message}`)
  }
}

/** Nothing is missing any more for everybody to be called: minutes, room, and campaigns that may call. */
export async function letAllBeCalled(world: World): Promise<void> {
  await world.backstage.run('widen', 'update engine.provider_lines set tokens = concurrency_max, hold_until = null, hold_reason = null')
  for (const company of world.companies) {
    await give(world, company, 50_000_000)
    for (const campaign_id of company.campaignIds) {
      await unlessRefused(company.owner.rpc('save_campaign', { account_id: company.accountId, campaign_id, content: { concurrency_max: null } }))
      for (const command of ['start_campaign', 'resume_campaign']) {
        await unlessRefused(world.bans.allow(campaign_id, () => company.owner.rpc(command, { campaign_id })))
      }
    }
  }
}

async function unlessRefused(command: Promise<unknown>): Promise<void> {
  await command.catch((error: unknown) => {
    if (!(error instanceof Refused)) throw error
  })
}
