/** One round: clients and people on the same accounts while sessions and the server end, then quiet until all is done, then judgement. */
import type { ClusterAddress } from '../support/cluster.ts'
import { createRandom } from '../simulation/random.ts'
import { createDatabase, type TestDatabase } from '../support/database.ts'
import { createBans } from './bans.ts'
import { createCarrier } from './carrier.ts'
import { provoke } from './chaos.ts'
import { finishJobs, openServiceDoor, runClient, type World } from './clients.ts'
import { installFastClock } from './clock.ts'
import { drawConditions, type Conditions } from './conditions.ts'
import { letAllBeCalled } from './deeds.ts'
import { openBackstage } from './door.ts'
import { judgeTheEnd } from './judge.ts'
import { give } from './payments.ts'
import { bringNumbers, newCampaign, openCompany } from './people.ts'
import { createTally } from './tally.ts'

export interface StressOptions {
  cluster: ClusterAddress
  seed: number
  /** Calls that are placed before people and faults stop. */
  calls: number
  /** What is not given is drawn from the seed. */
  conditions?: Partial<Conditions>
  /** Told every few seconds how far it is. */
  onProgress?: (words: string) => void
}

export interface StressReport {
  seed: number
  conditions: Conditions
  /** Attempts that reached the carrier. */
  calls: number
  seconds: number
  violations: string[]
  counts: Record<string, number>
}

const CLIENTS = 8
const LINE = { callsAtOnce: 5_000, callsPerSecond: 200 }

export async function stress(options: StressOptions): Promise<StressReport> {
  const began = performance.now()
  const conditions = { ...drawConditions(options.seed, options.calls), ...options.conditions }
  const db = await createDatabase(options.cluster)
  const world = await createWorld(db, options, conditions)
  let progress: NodeJS.Timeout | undefined
  try {
    progress = setInterval(() => options.onProgress?.(describe(world)), 5_000)
    const clients = Promise.all(Array.from({ length: CLIENTS }, () => runClient(world)))
    const chaos = provoke(world, conditions)
    await untilSoManyWereCalled(world)
    world.isCalm = true
    await chaos
    world.carrier.behave()
    await letAllBeCalled(world)
    await comeToAnEnd(world)
    world.isOver = true
    await clients
    // The last heartbeat may have asked for a mail just now.
    await finishJobs(world)
    await judgeTheEnd(world)
    await noteRepairs(world)
  } finally {
    clearInterval(progress)
    world.isOver = true
    await Promise.all([world.backstage.close(), world.spare.close(), ...world.companies.map(({ door }) => door.close())])
    await db.drop()
  }
  const { counts, violations } = world.tally
  return { seed: options.seed, conditions, calls: world.carrier.calls.size, seconds: Math.round((performance.now() - began) / 1000), violations, counts }
}

async function createWorld(db: TestDatabase, { seed, calls }: StressOptions, { speed, companies, callsAtOnce }: Conditions): Promise<World> {
  const random = createRandom(seed)
  const tally = createTally()
  await db.sql`update engine.provider_lines set concurrency_max = ${LINE.callsAtOnce}, tokens = ${LINE.callsAtOnce}, calls_per_second = ${LINE.callsPerSecond}`
  // Whoever waits long is in the server's log, with what it was doing: a deadlock tells of one side only.
  await db.admin.unsafe(`alter database "${db.name}" set log_lock_waits = on`)
  const clock = await installFastClock(db, speed)
  const carrier = createCarrier({ clock, random, tally })
  const backstage = openBackstage(db.url.replace('supabase_admin', 'postgres'), 3, tally)
  const state = { wanted: calls, beatAt: 0, beats: 0, isCalm: false, isOver: false, remains: '' }
  const spare = openServiceDoor({ db, tally })
  const world: World = { db, clock, random, tally, carrier, backstage, spare, bans: createBans(), companies: [], begun: [], storage: new Set(), ...state }
  for (let place = 1; place <= companies; place++) {
    const company = await openCompany(world, place, callsAtOnce)
    world.companies.push(company)
    await give(world, company, 60_000)
    for (let n = 0; n < 2; n++) await newCampaign(company)
    await bringNumbers(world, company, Math.min(500, Math.ceil(calls / 10)))
    for (const campaign_id of company.campaignIds) await company.owner.rpc('start_campaign', { campaign_id }).catch(() => undefined)
  }
  return world
}

const GIVEN_UP_AFTER_LEAPS = 200
/** Of a round that is lost anyway. */
const GIVEN_UP_SOON = 20
const QUIET_MS = 1_000
/** Beyond whoever is due next, so that their neighbours are due as well. */
const FURTHER_MINUTES = 15

const LEFT_OVERS = ['open', 'unread', 'unfinished', 'unposted', 'undone'] as const
interface Remainder { open: number, unread: number, unfinished: number, unposted: number, undone: number, minutes: number | null }

/** Whoever waits for hours need not wait that long here: with no call open the clock leaps to whoever is due next. */
async function comeToAnEnd(world: World): Promise<void> {
  const { clock, carrier, tally } = world
  let changedAt = performance.now()
  for (let leaps = 0; ;) {
    const remainder = await remainderOf(world)
    if (!carrier.hasMail() && LEFT_OVERS.every((what) => remainder[what] === 0)) return
    const words = JSON.stringify({ ...remainder, minutes: undefined })
    if (words !== world.remains) changedAt = performance.now()
    world.remains = words
    const isQuiet = performance.now() - changedAt > QUIET_MS
    if (leaps > (tally.violations.length > 0 ? GIVEN_UP_SOON : GIVEN_UP_AFTER_LEAPS)) return tally.condemn(`it does not come to an end: ${words}`)
    const canLeap = remainder.open === 0 && (remainder.minutes ?? 0) > 0
    if (canLeap || isQuiet) {
      await clock.leap(canLeap ? Math.ceil(remainder.minutes!) + FURTHER_MINUTES : 60)
      leaps++
      changedAt = performance.now()
    }
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

async function remainderOf({ db }: World): Promise<Remainder> {
  const [row] = await db.sql<Remainder[]>`select (select count(*)::int from public.calls where settled_at is null) as open,
    (select count(*)::int from engine.provider_events where processed_at is null and quarantined_at is null) as unread,
    (select coalesce(sum(unfinished_count), 0)::int from engine.campaigns where is_active) as unfinished,
    (select count(*)::int from engine.payment_events where processed_at is null and quarantined_at is null) as unposted,
    (select count(*)::int from engine.outbox where done_at is null and quarantined_at is null) as undone,
    (select extract(epoch from least(
      (select min(greatest(q.due_at, l.next_at)) from engine.dial_queue q
        join engine.lanes l on l.id = q.lane_id join engine.campaigns c on c.campaign_id = l.campaign_id and c.is_active),
      (select min(greatest(o.due_at, o.lease_until)) from engine.outbox o where o.done_at is null and o.quarantined_at is null),
      (select min(e.due_at) from engine.payment_events e where e.processed_at is null and e.quarantined_at is null)) - private.now())::float / 60) as minutes`
  return row!
}

async function noteRepairs({ db, tally }: World): Promise<void> {
  for (const { kind, times } of await db.sql`select kind, count(*)::int as times from engine.repairs group by kind`) tally.met(`repaired: ${kind}`, times as number)
  const [stat] = await db.sql`select deadlocks::int from pg_stat_database where datname = current_database()`
  tally.met('deadlocks of the last server', stat?.deadlocks as number)
}

function describe({ carrier, tally, wanted, isCalm, begun, remains }: World): string {
  return `${isCalm ? 'calm' : 'wild'} ${remains}: ${carrier.calls.size} of ${wanted} calls, ${begun.length} begun, ${JSON.stringify(tally.counts)}`
}

/** Whoever waits is called within a few heartbeats; so many without a call are an engine that stands still. Without a server there is none. */
const STANDSTILL_BEATS = 1_000

async function untilSoManyWereCalled(world: World): Promise<void> {
  let called = 0
  let grewAt = 0
  while (world.carrier.calls.size < world.wanted) {
    await new Promise((resolve) => setTimeout(resolve, 20))
    if (world.carrier.calls.size > called) grewAt = world.beats
    called = world.carrier.calls.size
    if (world.beats - grewAt > STANDSTILL_BEATS) return world.tally.condemn(`nobody was called any more after ${called} calls`)
  }
}
