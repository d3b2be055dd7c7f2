/** A month of an account, from the first purchase to this minute, in a session whose clock is moved from hour to hour. */
import { createDialRepository } from '../../../business/repositories/dialRepository.ts'
import { dispatchCalls } from '../../../business/services/calls/dispatchCalls.ts'
import { processCallEvents } from '../../../business/services/calls/processCallEvents.ts'
import { reconcileCalls } from '../../../business/services/calls/reconcileCalls.ts'
import { hasRecording, type SimulatedCall } from '../simulators/vapi/call.ts'
import { createMonthCarrier, type MonthCarrier } from './carrier.ts'
import { COMPANY_ZONE } from './data/texts.ts'
import { beatsOf, DAYS, hourOf, type Calendar, type Hour } from './month.ts'
import type { Session } from './session.ts'
import { buyMinutes, resumePaused, STORY } from './story.ts'
import { act, type World } from './world.ts'

interface Options {
  world: World
  /** How often calls are placed on a working day. */
  beats: number
  /** The present, in milliseconds; the month ends a little before it. */
  until: number
  /** Carries what the simulated carrier must know of, because somebody will ask it for the recording. */
  remember: (call: SimulatedCall) => void
  /** From 0 to DAYS, before each day. */
  onDay: (day: number) => void
  signal?: AbortSignal
}

interface Happening extends Hour { does: () => Promise<void> }

/** Calls take some minutes; none may reach into the present. */
const LAST_MS = 8 * 60_000
const MORNING = 8.3
const EVENING = 21
const SHORT_OF_MINUTES = 90
/** On the days after contacts came in bulk, and now and then. */
const DAYS_OF_ANALYSIS = [1, 4, 14, 21]

export async function makeMonth(options: Options): Promise<void> {
  const { world, until, onDay, signal } = options
  let day = -1
  for (const { day: today, at, does } of await happenings(options)) {
    if (at > until - LAST_MS) break
    signal?.throwIfAborted()
    if (today !== day) {
      day = today
      onDay(day)
      if (DAYS_OF_ANALYSIS.includes(day)) await settleIn(world.session)
    }
    await world.session.transaction(at, does)
  }
  await closeBooks(world)
}

/** Mails of days gone by are not sent now, and the payments provider is not asked about payments that it never had. */
async function closeBooks({ session, accountId }: World): Promise<void> {
  session.become('platform')
  await session.query(`update engine.outbox set done_at = private.now() where account_id = $1 and kind = 'send_mail' and done_at is null`, [accountId])
  await session.query(`update engine.sweeps set swept_at = private.now() where name = 'payment_listing'`)
}

async function happenings({ world, beats, until, remember }: Options): Promise<Happening[]> {
  const calendar: Calendar = { seed: world.seed, beats, midnights: await midnightsOf(world.session, until) }
  const dialler = createDialler(world, remember)
  const mornings = calendar.midnights.map((_, day) => ({ ...hourOf(calendar, day, MORNING), does: () => beginDay(world) }))
  const evenings = calendar.midnights.map((_, day) => ({ ...hourOf(calendar, day, EVENING), does: () => tick(world.session) }))
  const deeds = STORY.map(({ day, hour, does }) => ({ ...hourOf(calendar, day, hour), does: () => does(world) }))
  const dials = beatsOf(calendar).map((hour) => ({ ...hour, does: dialler }))
  return [...mornings, ...evenings, ...deeds, ...dials].sort((one, other) => one.at - other.at)
}

async function midnightsOf(session: Session, until: number): Promise<number[]> {
  const rows = await session.query<{ at: number }>(`
    select (extract(epoch from (today.day - ($3::int - n.step))::timestamp at time zone $2::text) * 1000)::float8 as at
    from generate_series(0, $3::int) n (step) cross join lateral (select (to_timestamp($1::float8) at time zone $2::text)::date as day) today
    order by n.step`, [until / 1000, COMPANY_ZONE, DAYS])
  return rows.map(({ at }) => at)
}

/** Plans are made by what the tables hold. */
async function settleIn(session: Session): Promise<void> {
  await session.query('analyze public.contacts, public.enrolments, public.calls, engine.dial_queue, engine.lanes, engine.provider_events, public.consents')
}

async function beginDay(world: World): Promise<void> {
  await resumePaused(world)
  const { balance_seconds } = await act<{ balance_seconds: number }>(world, { userId: world.people.owner }, 'current_wallet', { account_id: world.accountId })
  if (balance_seconds < SHORT_OF_MINUTES * 60) await buyMinutes(world, 1_000)
}

async function tick(session: Session): Promise<void> {
  session.become('platform')
  await session.query('select private.tick()')
}

/** One beat of the dialler: what is due is claimed, dialled, lived out, told and settled by the product's own services. */
function createDialler({ session, seed }: World, remember: Options['remember']): () => Promise<void> {
  const dials = createDialRepository(session.client)
  const carrier = createMonthCarrier(session, dials, seed)
  const sleep = (ms: number) => pass(session, ms)
  const services = { dials, gatewayOf: () => Promise.resolve(carrier.gateway), clock: session.now, sleep, log: () => undefined }
  return async () => {
    session.become('service')
    await dispatchCalls(services)
    const calls = await carrier.carryOut()
    await processCallEvents(services)
    if (carrier.unheardCount() > 0) await askAbout(session, carrier, services)
    for (const call of calls) if (hasRecording(call)) remember(call)
  }
}

/** Nobody waits here: the session's clock goes on instead. */
async function pass(session: Session, ms: number): Promise<void> {
  if (ms > 0) session.moveTo(session.now() + ms)
}

/** Some webhooks never came: the sweep notices, and the carrier is asked. */
async function askAbout(session: Session, carrier: MonthCarrier, services: Parameters<typeof reconcileCalls>[0]): Promise<void> {
  session.moveTo(session.now() + 3 * 60_000)
  await tick(session)
  session.become('service')
  await reconcileCalls(services)
  carrier.forgetUnheard()
}
