/** What people do in the month, day by day; everything goes through the commands behind the product's own buttons. */
import { randomUUID } from 'node:crypto'
import { randomBy } from '../simulators/vapi/audio/random.ts'
import { contactRows, shuffled, type Crowd } from './contacts.ts'
import { BADGES, CUSTOMERS, TRADE_FAIR, VISITORS, WORKSHOPS } from './data/places.ts'
import { CHECK_IN, CLARA, CUSTOMER_CONSENT, EMMA, INTRODUCTION, LUCIA, PRESENTATION, WRITTEN_CONSENT } from './data/texts.ts'
import { act, importFile, type AssistantName, type CampaignName, type World } from './world.ts'

export interface Deed {
  day: number
  hour: number
  does: (world: World) => Promise<void>
}

/** Of the contacts: at the fair, customers, workshops; the rest came without a consent or without a time zone. */
const SHARES = { fair: 0.3, unasked: 0.015, placeless: 0.0075, customers: 0.48, workshops: 0.1975 }

interface FileOfPeople { name: string, crowd: Omit<Crowd, 'seed'>, share: number, consent: Record<string, unknown> | null }

const FAIR: FileOfPeople[] = [
  { name: 'trade-fair.csv', crowd: { places: TRADE_FAIR, list: 'Trade fair', tags: ['Met in person'] }, share: SHARES.fair, consent: WRITTEN_CONSENT },
  { name: 'badges.csv', crowd: { places: BADGES, list: 'Badges' }, share: SHARES.unasked, consent: null },
  { name: 'visitors-book.csv', crowd: { places: VISITORS, list: 'Visitors', tags: ['Met in person'], lacksZone: true }, share: SHARES.placeless, consent: WRITTEN_CONSENT },
]

export const STORY: Deed[] = [
  { day: 0, hour: 8.7, does: setRules },
  { day: 0, hour: 8.8, does: (world) => saveAssistant(world, 'clara', CLARA) },
  { day: 0, hour: 8.9, does: (world) => meet(world, 'introduction', FAIR) },
  { day: 0, hour: 9, does: (world) => launch(world, 'introduction', INTRODUCTION, 'clara') },
  { day: 13, hour: 15, does: (world) => saveAssistant(world, 'emma', EMMA) },
  { day: 13, hour: 16, does: (world) => meet(world, 'checkIn', [{ name: 'customers.csv', crowd: { places: CUSTOMERS, list: 'Customers', tags: ['Customer'] }, share: SHARES.customers,
    consent: CUSTOMER_CONSENT }]) },
  { day: 14, hour: 9, does: (world) => launch(world, 'checkIn', CHECK_IN, 'emma') },
  { day: 19, hour: 14, does: (world) => saveAssistant(world, 'lucia', LUCIA) },
  { day: 20, hour: 11, does: (world) => meet(world, 'presentation', [{ name: 'talleres.csv', crowd: { places: WORKSHOPS, list: 'Talleres', tags: ['Spanish'], speaks: 'es' },
    share: SHARES.workshops, consent: WRITTEN_CONSENT }]) },
  { day: 21, hour: 9, does: (world) => launch(world, 'presentation', { ...PRESENTATION, budget_seconds: Math.round(world.contacts * 0.1) * 60 }, 'lucia') },
  { day: 22, hour: 18, does: nameDispositions },
  { day: 24, hour: 18, does: judgeConversations },
  { day: 26, hour: 17, does: listByHand },
  { day: 27, hour: 10, does: keepAudiences },
  { day: 29, hour: 9.2, does: (world) => buyMinutes(world, 2_000) },
  { day: 29, hour: 14, does: beginToRecord },
  { day: 29, hour: 17.5, does: promiseCalls },
]

const owner = ({ people }: World) => ({ userId: people.owner })
const manager = ({ people }: World) => ({ userId: people.manager })

const CENTS_PER_MINUTE = 40

/** An order, and what the payments provider says of it a moment later. */
export async function buyMinutes(world: World, minutes: number): Promise<void> {
  const { session, accountId } = world
  const amount_cents = minutes * CENTS_PER_MINUTE
  const { order_id } = await act<{ order_id: string }>(world, owner(world), 'create_order', { account_id: accountId, request_id: randomUUID(), amount_cents })
  const [session_id, payment_intent_id] = [`cs_demo_${order_id}`, `pi_demo_${order_id}`]
  await act(world, 'service', 'record_checkout', { order_id, result: { session_id, url: '', expires_at: null, payment_intent_id, customer_id: null } })
  await act(world, 'service', 'record_payment_event', { event: { event_id: `evt_demo_${order_id}`, type: 'checkout.session.completed', livemode: false,
    occurred_at: new Date(session.now()).toISOString(), fact: { kind: 'checkout', session_id, mode: 'payment', order_id, status: 'complete', payment_status: 'paid',
      amount_cents, currency: 'usd', payment_intent_id, customer_id: null, setup_intent_id: null, outcome: 'completed' } } })
  await act(world, 'service', 'process_payment_events', { batch_size: 10 })
}

async function setRules(world: World): Promise<void> {
  await act(world, owner(world), 'save_account_rules', { account_id: world.accountId, content: { minimum_gap_seconds: 1800 } })
}

async function saveAssistant(world: World, name: AssistantName, content: object): Promise<void> {
  const assistant_id = world.assistants[name] ?? null
  const saved = await act<{ assistant_id: string }>(world, owner(world), 'save_assistant', { account_id: world.accountId, assistant_id, content })
  world.assistants[name] = saved.assistant_id
}

/** Contacts arrive; those who asked by letter to be left alone are listed before anybody calls. */
async function meet(world: World, campaign: CampaignName, files: FileOfPeople[]): Promise<void> {
  const ids: string[] = []
  for (const { name, crowd, share, consent } of files) {
    const rows = contactRows({ ...crowd, seed: world.seed }, Math.round(world.contacts * share))
    ids.push(...await importFile(world, manager(world), { name, rows, consent, list: crowd.list, tags: crowd.tags ?? [] }))
    if (consent) await listSome(world, rows.filter((_, index) => index % 70 === 35).map(({ phone }) => phone))
  }
  // The import answers them by number, which would be city by city.
  world.enrolled[campaign] = shuffled(ids, randomBy(`${world.seed} ${campaign}`))
}

async function listSome(world: World, phones: string[]): Promise<void> {
  await act(world, owner(world), 'import_do_not_call', { account_id: world.accountId, phones, reason: 'Asked us by letter' })
}

async function launch(world: World, name: CampaignName, content: object, assistant: AssistantName): Promise<void> {
  const saved = await act<{ campaign_id: string }>(world, manager(world), 'save_campaign', {
    account_id: world.accountId, campaign_id: null, content: { ...content, assistant_id: world.assistants[assistant] } })
  world.campaigns[name] = saved.campaign_id
  await act(world, manager(world), 'enrol_contacts', { campaign_id: saved.campaign_id, contact_ids: world.enrolled[name] })
  await act(world, owner(world), 'start_campaign', { campaign_id: saved.campaign_id })
}

/** A campaign that a rule has paused is looked at the next morning, and goes on. A spent budget stays spent. */
export async function resumePaused(world: World): Promise<void> {
  world.session.become('platform')
  const paused = await world.session.query<{ id: string }>(`select id from public.campaigns
    where account_id = $1 and status = 'paused' and pause_reason in ('failure_rate', 'opt_out_rate')`, [world.accountId])
  for (const { id } of paused) await act(world, manager(world), 'resume_campaign', { campaign_id: id })
}

/** After three weeks they have words of their own, among which the analysis chooses from then on. */
async function nameDispositions(world: World): Promise<void> {
  const words = [
    { name: 'Follow-up booked', meaning: 'positive', description: 'A day and a time for the next conversation were agreed.' },
    { name: 'Happy with what they have', meaning: 'negative', description: 'They do it another way and see no reason to change.' },
  ]
  for (const word of words) await act(world, owner(world), 'save_disposition', { account_id: world.accountId, disposition_id: null, ...word })
}

/** Marcus listens to what was said and sometimes hears more than the analysis. */
async function judgeConversations(world: World): Promise<void> {
  world.session.become('platform')
  const calls = await world.session.query<{ id: string }>(`select id from public.calls
    where account_id = $1 and disposition = 'information' order by dialled_at desc limit 6`, [world.accountId])
  for (const { id } of calls) await act(world, manager(world), 'set_disposition', { call_id: id, disposition: 'interested' })
}

async function listByHand(world: World): Promise<void> {
  const [one, other] = await waitingPhones(world, 'checkIn', 2)
  for (const phone of [one, other]) {
    if (phone) await act(world, manager(world), 'opt_out_number', { account_id: world.accountId, phone, source: 'hand', reason: 'Wrote an e-mail' })
  }
}

/** Whom Marcus will ask next: who they are is looked up each time. */
async function keepAudiences(world: World): Promise<void> {
  const audiences = { 'Interested so far': { statuses: ['success'] }, 'Without a time zone': { time_zone: 'unknown' }, 'Nobody asked them': { has_consent: false } }
  for (const [name, filter] of Object.entries(audiences)) {
    await act(world, manager(world), 'save_contact_list', { account_id: world.accountId, list_id: null, content: { name, kind: 'audience', filter } })
  }
}

async function waitingPhones(world: World, campaign: CampaignName, count: number): Promise<string[]> {
  world.session.become('platform')
  const rows = await world.session.query<{ phone: string }>(`select p.phone from public.enrolments e join public.contacts p on p.id = e.contact_id
    where e.campaign_id = $1 and e.status = 'waiting' order by e.position desc limit $2`, [world.campaigns[campaign], count])
  return rows.map(({ phone }) => phone)
}

/** From now on the check-in is recorded: a new version of its assistant, taken by the paused campaign. */
async function beginToRecord(world: World): Promise<void> {
  const campaign_id = world.campaigns.checkIn
  await act(world, manager(world), 'pause_campaign', { campaign_id })
  await saveAssistant(world, 'emma', { ...EMMA, record_calls: true })
  await act(world, manager(world), 'repin_assistant', { campaign_id })
  await act(world, manager(world), 'resume_campaign', { campaign_id })
}

/** People who wrote that they would rather be called on another day. */
async function promiseCalls(world: World): Promise<void> {
  world.session.become('platform')
  const waiting = await world.session.query<{ id: string, local_time: string }>(`
    select e.id, to_char((private.now() + interval '2 days') at time zone p.time_zone, 'YYYY-MM-DD"T"15:30') as local_time
    from public.enrolments e join public.contacts p on p.id = e.contact_id
    where e.campaign_id = $1 and e.status = 'waiting' and e.attempts = 0 order by e.position desc limit 4`, [world.campaigns.checkIn])
  for (const { id, local_time } of waiting) await act(world, manager(world), 'request_callback', { enrolment_id: id, local_time, note: 'Prefers the afternoon' })
}
