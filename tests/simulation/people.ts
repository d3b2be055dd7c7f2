/** People at work while calls run: whoever may do something does it, at any moment, in any state. */
import type { Editor } from '../factories/campaign.ts'
import { createCampaign } from '../factories/campaign.ts'
import type { World } from './processes.ts'

export interface Company extends Editor {
  userId: string
  campaignIds: string[]
  contactIds: string[]
}

type Deed = (world: World, company: Company) => Promise<unknown>

const zones = ['America/New_York', 'America/Los_Angeles', 'America/St_Johns', 'Europe/Berlin', 'Asia/Kolkata', 'Asia/Kathmandu', 'Australia/Lord_Howe', 'Pacific/Chatham']
const always = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, opens_at: '00:00', closes_at: '24:00' }))

/** Somebody signs up, describes an assistant and prepares campaigns. */
export async function openCompany(world: World, place: number): Promise<Company> {
  const userId = await world.database.newUser(`Person ${place}`)
  const owner = { rpc: <T>(name: string, args: Record<string, unknown> = {}) => command<T>(world, userId, name, args) }
  const { account_id: accountId } = await owner.rpc<{ account_id: string }>('open_account', { company_name: `Company ${place}`, time_zone: 'America/New_York' })
  const company: Company = { accountId, userId, owner, campaignIds: [], contactIds: [] }
  for (let n = world.random.integer(1, 3); n > 0; n--) await newCampaign(world, company)
  return company
}

async function newCampaign(world: World, company: Company): Promise<void> {
  const { random } = world
  const contacts = Array.from({ length: random.integer(3, 12) }, () => newContact(world, company))
  const known = random.chance(0.3) ? company.contactIds.slice(0, 3) : []
  const { campaignId, contactIds } = await createCampaign(company, {
    contacts, content: { name: 'Spring', time_zone: random.pick(zones), max_attempts: random.integer(1, 4), windows: windowsOf(world) }, assistant: { maximum_seconds: random.pick([60, 120, 300]) },
  })
  if (known.length > 0) await company.owner.rpc('enrol_contacts', { campaign_id: campaignId, contact_ids: known })
  company.campaignIds.push(campaignId)
  company.contactIds.push(...contactIds)
}

let numbers = 0
const newContact = ({ random }: World, _company: Company) => ({ phone: `+1202${String(2_000_000 + numbers++)}`, name: 'Jo Field', time_zone: random.pick(zones) })

/** Phones begin anew with each run, or a run would depend on the ones before it. */
export function forgetNumbers(): void {
  numbers = 0
}

function windowsOf({ random }: World) {
  if (random.chance(0.5)) return always
  const opens = random.integer(6, 12)
  const closes = opens + random.integer(2, 11)
  return [1, 2, 3, 4, 5, 6, 7].filter(() => random.chance(0.85)).map((weekday) => ({ weekday, opens_at: clock(opens), closes_at: clock(closes) }))
}

const clock = (hour: number) => `${String(hour).padStart(2, '0')}:00`

async function anEnrolment({ database, random }: World, company: Company): Promise<string> {
  const enrolments = await database.query<{ id: string }>('select id from public.enrolments where campaign_id = $1 order by position', [random.pick(company.campaignIds)])
  return random.pick(enrolments).id
}

const aCampaign = ({ random }: World, company: Company) => ({ campaign_id: random.pick(company.campaignIds) })
const say = (name: string): Deed => (world, company) => company.owner.rpc(name, aCampaign(world, company))

const deeds: Readonly<Record<string, [weight: number, deed: Deed]>> = {
  start: [30, say('start_campaign')],
  pause: [8, say('pause_campaign')],
  resume: [20, say('resume_campaign')],
  stop: [1, say('stop_campaign')],
  edit: [5, async (world, company) => {
    const { campaign_id } = aCampaign(world, company)
    const content = await company.owner.rpc<Record<string, unknown>>('get_campaign', { campaign_id })
    return company.owner.rpc('save_campaign', { account_id: company.accountId, campaign_id, content: { ...content, windows: windowsOf(world) } })
  }],
  'opt out': [4, async (world, company) => {
    const [contact] = await world.database.query<{ phone: string }>('select phone from public.contacts where id = $1', [world.random.pick(company.contactIds)])
    return company.owner.rpc('opt_out_number', { account_id: company.accountId, phone: contact!.phone, source: 'hand', reason: 'asked' })
  }],
  'top up': [6, (world, company) => world.database.query(`select private.post_entry($1, 'purchase', $2, $3)`, [company.accountId, world.random.integer(60, 3_000), `order:${world.agenda.now()}:${company.accountId}`])],
  move: [5, async (world, company) => {
    const id = world.random.pick(company.contactIds)
    const [contact] = await world.database.query<{ phone: string, name: string }>('select phone, name from public.contacts where id = $1', [id])
    return company.owner.rpc('save_contact', { account_id: company.accountId, contact_id: id, content: { ...contact!, time_zone: world.random.pick(zones) } })
  }],
  import: [4, async (world, company) => {
    const { import_id } = await company.owner.rpc<{ import_id: string }>('start_import', { account_id: company.accountId, file_name: 'list.csv', default_time_zone: null, row_count: 3 })
    const rows = Array.from({ length: 3 }, (_, row) => ({ row, ...newContact(world, company) }))
    const { contact_ids } = await company.owner.rpc<{ contact_ids: string[] }>('import_contacts', { import_id, chunk: 0, rows })
    company.contactIds.push(...contact_ids)
    return company.owner.rpc('enrol_contacts', { ...aCampaign(world, company), contact_ids })
  }],
  'another campaign': [2, newCampaign],
  'call back': [4, async (world, company) => {
    const local_time = new Date(world.agenda.now() + world.random.integer(1, 48) * 3_600_000).toISOString().slice(0, 16)
    return company.owner.rpc('request_callback', { enrolment_id: await anEnrolment(world, company), local_time, note: 'asked for it' })
  }],
  'call now': [3, async (world, company) => company.owner.rpc('call_now', { enrolment_id: await anEnrolment(world, company) })],
  'take out': [2, async (world, company) => company.owner.rpc('remove_enrolment', { enrolment_id: await anEnrolment(world, company) })],
  archive: [1, say('archive_campaign')],
  'newest assistant': [1, say('repin_assistant')],
  schedule: [3, (world, company) => company.owner.rpc('schedule_campaign', { ...aCampaign(world, company),
    launch_at: new Date(world.agenda.now() + world.random.integer(1, 20) * 3_600_000).toISOString() })],
}

/** Somebody does something; what the state does not allow is refused, and that is fine. */
export async function doSomething(world: World, company: Company): Promise<void> {
  const deed = world.random.weighted(Object.fromEntries(Object.entries(deeds).map(([name, [weight]]) => [name, weight])))
  try {
    await deeds[deed]![1](world, company)
    world.faults.met(`people: ${deed}`)
  } catch (error) {
    if (!(error instanceof Refused)) world.complain(`${deed}: ${String(error)}`)
  }
}

/** What an account needs to come to an end once nothing goes wrong: minutes, and campaigns that may call. */
export async function bringToAnEnd(world: World, company: Company): Promise<void> {
  await world.database.query(`select private.post_entry($1, 'purchase', 200000, $2)`, [company.accountId, `order:end:${company.accountId}`])
  for (const campaign_id of company.campaignIds) {
    for (const name of ['start_campaign', 'resume_campaign']) await company.owner.rpc(name, { campaign_id }).catch(ignoreRefusal)
  }
}

class Refused extends Error {}

function ignoreRefusal(error: unknown): void {
  if (!(error instanceof Refused)) throw error
}

async function command<T>(world: World, userId: string, name: string, args: Record<string, unknown>): Promise<T> {
  const answer = await world.database.rpc({ userId }, name, args)
  await world.judge(name, args, answer)
  if (answer.error) throw new Refused(`${answer.error.code}: ${answer.error.message}`)
  return answer.data as T
}
