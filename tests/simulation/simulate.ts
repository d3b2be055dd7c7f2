/** One run: a world from one seed, days of it with everything going wrong, then hours in which nothing does. */
import type { ClusterAddress } from '../support/cluster.ts'
import { createAgenda } from './agenda.ts'
import { createCarrier } from './carrier.ts'
import { createSimulatedDatabase, type SimulatedDatabase } from './database.ts'
import { createFaults } from './faults.ts'
import { createJudge } from './judge.ts'
import { bringToAnEnd, doSomething, forgetNumbers, openCompany, type Company } from './people.ts'
import { createReceiver, runFunction, type World } from './processes.ts'
import { createRandom } from './random.ts'

export interface RunOptions {
  seed: number
  /** Virtual hours with faults. */
  hours: number
  cluster: ClusterAddress
}

export interface RunReport {
  seed: number
  violations: string[]
  steps: number
  dials: number
  virtualMs: number
  wallMs: number
  /** How often each fault and deed was met. */
  met: Record<string, number>
}

/** Mondays to Sundays, two of them with a change to or from daylight saving. */
const beginnings = ['2026-03-02T13:00:00Z', '2026-03-07T18:00:00Z', '2026-07-01T05:00:00Z', '2026-10-31T17:00:00Z', '2026-12-31T20:00:00Z']
const calmHours = 5 * 24

export async function simulate({ seed, hours, cluster }: RunOptions): Promise<RunReport> {
  const started = Date.now()
  const random = createRandom(seed)
  const agenda = createAgenda(Date.parse(random.pick(beginnings)))
  const startsAt = agenda.now()
  const database = await createSimulatedDatabase(cluster, seed, agenda.now)
  const violations: string[] = []
  const condemn = (text: string) => void (violations.length < 20 && violations.push(`${new Date(agenda.now()).toISOString()} ${text}`))
  const world = createWorld({ agenda, random, database, condemn })
  let steps = 0
  try {
    const companies = await openWorld(world)
    const isOver = () => violations.length > 0
    const until = async (ends: number, isEnough: () => Promise<boolean> | boolean = () => false) => {
      while (!isOver() && agenda.now() < ends && !(steps % 50 === 0 && await isEnough())) {
        steps++
        await agenda.step()
      }
    }
    await until(startsAt + hours * 3_600_000)
    world.faults.end()
    for (const company of companies) await bringToAnEnd(world, company)
    await until(agenda.now() + calmHours * 3_600_000, () => isAllDone(database))
    if (!isOver()) await judgeTheEnd(world, condemn)
    for (const text of world.carrier.violations) condemn(text)
    await noteWhatWasMet(world)
    const figures = { steps, dials: world.carrier.calls.length, virtualMs: agenda.now() - startsAt, wallMs: Date.now() - started }
    return { seed, violations, ...figures, met: world.faults.counts() }
  } finally {
    await database.drop()
  }
}

type Ground = Pick<World, 'agenda' | 'random' | 'database'> & { condemn: (text: string) => void }

function createWorld({ agenda, random, database, condemn }: Ground): World {
  const faults = createFaults(random)
  const judge = createJudge(database, agenda.now, condemn)
  const carrier = createCarrier({ agenda, random, post: (body) => postman(body) })
  const world: World = { agenda, random, faults, database, carrier, judge: judge.afterCommand, complain: condemn }
  const receive = createReceiver(world)
  const postman = (body: object) => post(world, receive, body)
  return world
}

/** The carrier repeats what is not answered with 200, five times, waiting longer each time. */
function post(world: World, receive: (body: object) => Promise<boolean>, body: object): void {
  const { agenda, random, faults } = world
  const deliver = async (tries: number): Promise<void> => {
    if (!(await receive(body)) && tries < 5) agenda.after(2_000 * 2 ** tries, () => void deliver(tries + 1))
  }
  const fault = faults.ofMessage()
  if (fault === 'lost') return
  agenda.after(fault === 'late' ? random.integer(5_000, 900_000) : random.integer(20, 1_500), () => void deliver(0))
  if (fault === 'twice') agenda.after(random.integer(500, 60_000), () => void deliver(0))
  if (fault === 'twice at once') agenda.after(random.integer(20, 100), () => void deliver(0))
}

async function openWorld(world: World): Promise<Company[]> {
  const { random, database } = world
  forgetNumbers()
  await database.query('update engine.provider_lines set concurrency_max = $1, tokens = $1, calls_per_second = $2, refilled_at = private.now(), next_dial_at = private.now()', [random.integer(2, 10), random.pick([1, 5, 20])])
  const companies: Company[] = []
  for (let place = 1; place <= random.integer(1, 3); place++) companies.push(await openCompany(world, place))
  beat(world)
  live(world, companies)
  return companies
}

/**
 * Cron: every two seconds. While its beats find nothing to do, they come further apart: a beat that writes nothing is the same
 * however often it comes.
 */
function beat(world: World): void {
  const { agenda, random, faults, database } = world
  let pauseMs = 2_000
  const tick = async () => {
    const wrote = !faults.happens('cron silent', 0.002) && await beatOnce(world)
    pauseMs = wrote || database.wroteSince() ? 2_000 : Math.min(60_000, pauseMs * 1.5)
    agenda.after(Math.round(pauseMs) + random.integer(0, 100), tick)
  }
  agenda.after(0, tick)
}

async function beatOnce(world: World): Promise<boolean> {
  const { random, faults, database } = world
  const answer = await database.tick()
  await world.judge('tick', {}, answer)
  for (const { name } of await database.query<{ name: string }>('delete from private.sim_requests returning name')) {
    if (faults.happens('request of cron lost', 0.03)) continue
    for (let n = faults.happens('two dispatchers', 0.15) ? random.integer(2, 5) : 1; n > 0; n--) runFunction(world, name)
  }
  return answer.wrote
}

function live(world: World, companies: Company[]): void {
  const { agenda, random, faults } = world
  const act = async () => {
    if (faults.areOver()) return
    await doSomething(world, random.pick(companies))
    agenda.after(random.integer(1_000, 1_200_000), act)
  }
  agenda.after(0, act)
}

async function isAllDone(database: SimulatedDatabase): Promise<boolean> {
  const [row] = await database.query<{ done: boolean }>(`select not exists (select from public.calls where settled_at is null)
    and not exists (select from engine.campaigns where is_active and unfinished_count > 0) as done`)
  return row!.done
}

/** Once nothing goes wrong any more everything comes to its end. */
const ends: Readonly<Record<string, string>> = {
  'a call never ended': `select id from public.calls where settled_at is null`,
  'a slot was kept': `select account_id from engine.accounts where in_flight <> 0`,
  'a reservation was kept': `select account_id from engine.accounts where reserved_seconds <> 0`,
  'an event was never processed': `select id from engine.provider_events where processed_at is null and quarantined_at is null and account_id is not null`,
  'an event was set apart': `select id, error, event ->> 'type' as type from engine.provider_events where quarantined_at is not null`,
  'a contact of a running campaign waits for ever': `select e.id from public.enrolments e join public.campaigns k on k.id = e.campaign_id where e.status in ('waiting', 'calling') and k.status = 'active'`,
  'a finished campaign still counts as running': `select campaign_id from engine.campaigns where is_active and unfinished_count = 0`,
}

async function judgeTheEnd({ database }: World, condemn: (text: string) => void): Promise<void> {
  for (const [name, query] of Object.entries(ends)) {
    const rows = await database.query(query)
    if (rows.length > 0) condemn(`${name}: ${JSON.stringify(rows.slice(0, 3))}`)
  }
}

/** Rows of the failure model that show in what they left behind. */
const traces: Readonly<Record<string, string>> = {
  'adopted after an unknown dial': `select from public.calls where state = 'settled' and checked_at is not null and accepted_at is not null`,
  'counted void': `select from public.calls where state = 'voided' and is_counted and dialled_at is not null`,
  'uncounted void': `select from public.calls where state = 'voided' and not is_counted`,
  'found late': `select from public.calls where found_late_at is not null`,
  retry: `select from public.calls where attempt_no > 1`,
  overrun: `select from public.calls where overrun_seconds > 0`,
}

async function noteWhatWasMet({ database, faults }: World): Promise<void> {
  for (const [name, query] of Object.entries(traces)) {
    if ((await database.query(query)).length > 0) faults.met(`seen: ${name}`)
  }
}
