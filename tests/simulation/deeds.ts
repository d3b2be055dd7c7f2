/** Everything people may do, each as often as its weight says. */
import { drawAccountRules, drawCampaign, drawContact, drawWindows, localTime } from './draws.ts'
import { asHost, newCampaign, post, type Company } from './company.ts'
import { runTestCall, type World } from './processes.ts'
import { Refused } from './refused.ts'
import { zones } from './places.ts'

type Deed = (world: World, company: Company, others: Company[]) => Promise<unknown>

const hourMs = 3_600_000

const aCampaign = ({ random }: World, company: Company) => ({ campaign_id: random.pick(company.campaignIds) })
const say = (name: string): Deed => (world, company) => company.owner.rpc(name, aCampaign(world, company))

/** Nothing there is a refusal as well: people find an empty list. */
function aRow<T>({ random }: World, rows: T[]): T {
  if (rows.length === 0) throw new Refused({ code: 'not_found', message: 'nothing there' })
  return random.pick(rows)
}

async function anEnrolment(world: World, company: Company, where = 'true'): Promise<string> {
  return aRow(world, await world.database.query<{ id: string }>(`select e.id from public.enrolments e where e.campaign_id = $1 and ${where} order by e.position`, [aCampaign(world, company).campaign_id])).id
}

async function aContact(world: World, company: Company) {
  return aRow(world, await world.database.query<{ id: string, phone: string, name: string, time_zone: string | null }>('select id, phone, name, time_zone from public.contacts where account_id = $1 order by phone', [company.accountId]))
}

/** Changes one thing of a campaign, in whatever state it is. */
const edit = (draw: (world: World) => Record<string, unknown>): Deed => (world, company) =>
  company.owner.rpc('save_campaign', { account_id: company.accountId, ...aCampaign(world, company), content: draw(world) })

/** The commands of one company with another's ids: nothing of that exists for them. */
const meddle: Deed = async (world, company, others) => {
  const victim = others.find((other) => other !== company)
  if (!victim) throw new Refused({ code: 'not_found', message: 'nobody else' })
  const campaign_id = world.random.pick(victim.campaignIds)
  const tries: [string, Record<string, unknown>][] = [['start_campaign', { campaign_id }], ['pause_campaign', { campaign_id }], ['stop_campaign', { campaign_id }],
    ['enrol_contacts', { campaign_id, contact_ids: company.contactIds.slice(0, 1) }], ['delete_contact', { contact_id: world.random.pick(victim.contactIds) }],
    ['opt_out_number', { account_id: victim.accountId, phone: '+12025550123', source: 'hand', reason: 'mine' }]]
  const [name, args] = world.random.pick(tries)
  const code = await company.owner.rpc(name, args).then(() => 'done', (error: Refused) => error.code)
  if (code !== 'not_found') world.complain(`${name} with another account's ids: ${code}`)
}

const tenantTables = ['public.calls', 'public.contacts', 'public.campaigns', 'public.enrolments', 'public.ledger_entries', 'public.daily_stats', 'public.dial_denials', 'public.consents',
  'public.do_not_call', 'public.activity_log', 'public.callbacks', 'public.notices', 'public.call_transcripts', 'public.assistants']

/** What somebody of the company sees of all tables is the company's. */
const lookAround: Deed = async (world, company) => {
  const question = tenantTables.map((table) => `select '${table}' as name where exists (select from ${table} t where t.account_id <> $1)`).join(' union all ')
  for (const { name } of await world.database.read<{ name: string }>(company.userId, question, [company.accountId])) world.complain(`${name} shows rows of another account`)
}

/** Somebody has themselves called, at a number that is theirs. */
const aTestCall: Deed = async (world, company) => {
  await asHost(world, 'insert into public.own_numbers (user_id, phone) values ($1, $2) on conflict do nothing', [company.userId, world.newNumber().phone])
  const own = await world.database.query<{ phone: string }>('select phone from public.own_numbers where user_id = $1', [company.userId])
  const [used] = await world.database.query<{ id: string }>('select assistant_id as id from public.campaigns where id = $1', [aCampaign(world, company).campaign_id])
  const { assistant_version_id } = await company.owner.rpc<{ assistant_version_id: string }>('keep_test_version', { assistant_id: used?.id })
  runTestCall(world, await company.owner.rpc('request_test_call', { assistant_version_id, phone: own[0]?.phone }))
  // Between the wish and the dial the number may stop being theirs.
  if (world.random.chance(0.2)) await company.owner.rpc('remove_own_number')
}

export const deeds: Readonly<Record<string, [weight: number, deed: Deed]>> = {
  start: [30, say('start_campaign')],
  pause: [8, say('pause_campaign')],
  resume: [20, say('resume_campaign')],
  stop: [1, say('stop_campaign')],
  archive: [2, say('archive_campaign')],
  schedule: [3, (world, company) => company.owner.rpc('schedule_campaign', { ...aCampaign(world, company), launch_at: localTime(world.database.now() + world.random.integer(1, 20) * hourMs) })],
  'edit calling times': [4, edit((world) => ({ windows: drawWindows(world) }))],
  'edit limits': [4, edit((world) => ({ daily_cap: world.random.integer(1, 12), concurrency_max: world.random.integer(1, 4), max_attempts: world.random.integer(1, 4) }))],
  'edit the budget': [2, edit((world) => ({ budget_seconds: world.random.pick([null, 600, 6_000]) }))],
  'edit everything': [3, edit((world) => drawCampaign(world))],
  'change the zone of a campaign': [2, edit((world) => ({ time_zone: world.random.pick(zones) }))],
  'edit the rules of the account': [4, (world, company) => company.owner.rpc('save_account_rules', { account_id: company.accountId, content: drawAccountRules(world) })],
  'change the calls at once of an account': [2, (world, company) => asHost(world, `update engine.accounts set concurrency_max = greatest(in_flight, $2::int, 1),
    next_at = least(next_at, private.now()) where account_id = $1`, [company.accountId, world.random.integer(1, 6)])],
  'opt out': [4, async (world, company) => company.owner.rpc('opt_out_number', { account_id: company.accountId, phone: (await aContact(world, company)).phone, source: 'hand', reason: 'asked' })],
  'take off the list': [1, async (world, company) => {
    const { phone } = aRow(world, await world.database.query<{ phone: string }>('select phone from public.do_not_call where account_id = $1 order by phone', [company.accountId]))
    return company.owner.rpc('remove_opt_out', { account_id: company.accountId, phone, reason: 'asked for it' })
  }],
  'top up': [6, (world, company) => post(world, company.accountId, { kind: 'purchase', seconds: world.random.integer(60, 3_000) })],
  'the same payment again': [1, (world, company) => post(world, company.accountId, { kind: 'purchase', seconds: 600, ref: `again:${company.accountId}` })],
  refund: [1, (world, company) => post(world, company.accountId, { kind: 'refund', seconds: -world.random.integer(60, 3_000) })],
  'change the zone of a contact': [5, async (world, company) => {
    const { id, phone, name } = await aContact(world, company)
    return company.owner.rpc('save_contact', { account_id: company.accountId, contact_id: id, content: { phone, name, time_zone: world.random.pick(zones) } })
  }],
  'change a number': [2, async (world, company) => {
    const { id, name, time_zone } = await aContact(world, company)
    return company.owner.rpc('save_contact', { account_id: company.accountId, contact_id: id, content: { phone: world.newNumber().phone, name, time_zone } })
  }],
  'delete a contact': [1, async (world, company) => company.owner.rpc('delete_contact', { contact_id: (await aContact(world, company)).id })],
  import: [4, async (world, company) => {
    const { import_id } = await company.owner.rpc<{ import_id: string }>('create_import', { account_id: company.accountId, file_name: 'list.csv', default_time_zone: 'America/Chicago', row_count: 3 })
    const rows = Array.from({ length: 3 }, (_, row) => ({ row, ...drawContact(world), consent: undefined, wish: undefined }))
    const { contact_ids } = await company.owner.rpc<{ contact_ids: string[] }>('import_contacts', { import_id, chunk: 0, rows })
    company.contactIds.push(...contact_ids)
    return company.owner.rpc('enrol_contacts', { ...aCampaign(world, company), contact_ids })
  }],
  'record a consent': [3, async (world, company) => company.owner.rpc('record_consents', { account_id: company.accountId, contact_ids: [(await aContact(world, company)).id],
    consent: { basis: 'express_written', purposes: ['sales', 'service', 'survey', 'reminder'], channel: 'paper' } })],
  'withdraw a consent': [3, async (world, company) => {
    const { id } = aRow(world, await world.database.query<{ id: string }>('select id from public.consents where account_id = $1 and revoked_at is null order by id', [company.accountId]))
    return company.owner.rpc('revoke_consent', { consent_id: id, reason: 'asked' })
  }],
  'override the consent': [1, (world, company) => company.owner.rpc('override_consent', { ...aCampaign(world, company), reason: world.random.pick(['They are our customers.', null]) })],
  'another campaign': [2, (world, company) => newCampaign(world, company)],
  'delete a campaign': [1, say('delete_campaign')],
  'call back': [4, async (world, company) => company.owner.rpc('request_callback', { enrolment_id: await anEnrolment(world, company),
    local_time: localTime(world.database.now() + world.random.integer(1, 48) * hourMs), note: 'asked for it' })],
  'call now': [4, async (world, company) => company.owner.rpc('call_now', { enrolment_id: await anEnrolment(world, company, `e.status = 'waiting'`) })],
  'take out': [2, async (world, company) => company.owner.rpc('remove_enrolment', { enrolment_id: await anEnrolment(world, company) })],
  'say what a call meant': [2, async (world, company) => {
    const { id } = aRow(world, await world.database.query<{ id: string }>('select id from public.calls where account_id = $1 and outcome is not null order by created_at, id', [company.accountId]))
    return company.owner.rpc('set_disposition', { call_id: id, disposition: world.random.pick(['interested', 'do_not_call', 'wrong_number']) })
  }],
  'newest assistant': [1, say('repin_assistant')],
  'a law is switched': [1, async (world) => {
    const { id } = aRow(world, await world.database.query<{ id: string }>(`select id from public.rules where is_verified and kind in ('hours', 'frequency', 'consent', 'holidays') order by id`))
    return world.changeLaw('update public.rules set is_on = not is_on where id = $1', [id])
  }],
  'a holiday is declared': [1, (world) => world.changeLaw(`insert into public.holidays (region, day, name) values ($1, (private.now() at time zone 'UTC')::date, 'A day off') on conflict do nothing`,
    [world.random.pick(['US', 'DE', 'GB', 'IN', 'AU'])])],
  'have oneself called': [4, aTestCall],
  'reach for what is not theirs': [3, meddle],
  'look around': [3, lookAround],
}
