/** One run: a world from one seed, days of it with everything going wrong, then days in which nothing does. */
import type { ClusterAddress } from '../support/cluster.ts'
import { createAgenda } from './agenda.ts'
import { createHeart } from './beat.ts'
import { createCarrier } from './carrier.ts'
import { asHost, openCompany, post, type Company } from './company.ts'
import { createSimulatedDatabase, type RpcAnswer } from './database.ts'
import { createFaults } from './faults.ts'
import { forbidOne } from './forbidding.ts'
import { digestOf } from './digest.ts'
import { isAllDone, judgeTheEnd, noteWhatWasMet } from './ending.ts'
import { createJudge } from './judge.ts'
import { readBooks } from './law.ts'
import { doSomething, hurry, letGoOn, liftLimits } from './people.ts'
import { createNumbers } from './places.ts'
import { createPost } from './post.ts'
import type { World } from './processes.ts'
import { createRandom, type Random } from './random.ts'
import { createWatch } from './watch.ts'

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
  /** How often each fault, deed and rule was met. */
  met: Record<string, number>
  /** Of all rows of all tables: the same seed leaves the same. */
  digest: string
}

/** Mondays to Sundays, holidays, and changes to and from daylight saving on both halves of the earth. */
const beginnings = ['2026-03-02T13:00:00Z', '2026-03-07T18:00:00Z', '2026-03-28T12:00:00Z', '2026-04-04T06:00:00Z', '2026-07-02T05:00:00Z', '2026-09-26T09:00:00Z',
  '2026-10-31T17:00:00Z', '2026-11-25T14:00:00Z', '2026-12-31T20:00:00Z']
const calmHours = 14 * 24
const hourMs = 3_600_000

export async function simulate({ seed, hours, cluster }: RunOptions): Promise<RunReport> {
  const started = Date.now()
  const random = createRandom(seed)
  const beginsAt = Date.parse(random.pick(beginnings))
  const violations: string[] = []
  const world = await createWorld({ seed, random, cluster, beginsAt }, (text) => void (violations.length < 20 && violations.push(text)))
  const { agenda, carrier, database, faults } = world
  let steps = 0
  const until = async (ends: number, isEnough: () => Promise<boolean> | boolean = () => false) => {
    while (violations.length === 0 && agenda.now() < ends && !(steps % 50 === 0 && await isEnough())) {
      steps++
      await agenda.step()
    }
  }
  try {
    const companies = await openWorld(world)
    await until(beginsAt + hours * hourMs)
    faults.end()
    calmDown(world, companies)
    await until(agenda.now() + calmHours * hourMs, () => isAllDone(database))
    if (violations.length === 0) await judgeTheEnd(world)
    await noteWhatWasMet(world)
    const figures = { steps, dials: carrier.calls.length, virtualMs: agenda.now() - beginsAt, wallMs: Date.now() - started }
    return { seed, violations, ...figures, met: faults.counts(), digest: await digestOf(database) }
  } finally {
    await database.drop()
  }
}

interface Ground { seed: number, random: Random, cluster: ClusterAddress, beginsAt: number }

async function createWorld({ seed, random, cluster, beginsAt }: Ground, condemn: (text: string) => void): Promise<World> {
  const agenda = createAgenda(beginsAt)
  const database = await createSimulatedDatabase(cluster, seed, agenda.now)
  const complain = (text: string) => condemn(`${new Date(agenda.now()).toISOString()} ${text}`)
  const faults = createFaults(random)
  const books = await readBooks(database)
  const ground = { database, books, condemn: complain, met: faults.met }
  const judge = createJudge(ground)
  const watch = createWatch(ground)
  const heart = createHeart(() => world)
  const post = createPost(() => world)
  const world: World = {
    agenda, random, faults, database, complain, newNumber: createNumbers(random), everyPromise: judge.everyPromise,
    carrier: createCarrier({ agenda, random, faults, post, complain }),
    watch: () => watch.afterBeat(faults.areOver()),
    beginToBeat: heart.start,
    beforeClaim: judge.beforeClaim,
    afterClaim: () => undefined,
    setDialling: (isOn) => asHost(world, 'update engine.settings set enabled = $1', [isOn]),
    async changeLaw(text, values) {
      await asHost(world, text, values)
      Object.assign(books, await readBooks(database))
    },
    async judge(command, args, answer) {
      await judge.afterCommand(command, args, answer)
      if (answer.wrote?.length !== 0 && command !== 'tick') heart.quicken()
      if (command === 'claim_calls' && isSome(answer)) world.afterClaim()
    },
  }
  return world
}

const isSome = ({ data }: RpcAnswer) => (data as { call_ids: unknown[] } | null)?.call_ids.length

async function openWorld(world: World): Promise<Company[]> {
  const { random, database, carrier } = world
  const [atOnce, perSecond] = [random.integer(2, 10), random.pick([1, 5, 20])]
  await database.query(`update engine.provider_lines set concurrency_max = $1, tokens = $1, calls_per_second = $2, refilled_at = private.now(), next_dial_at = private.now()`, [atOnce, perSecond])
  carrier.limit('00000000-0000-4000-8000-000000000100', atOnce)
  const companies: Company[] = []
  for (let place = random.integer(1, 3); place > 0; place--) companies.push(await openCompany(world, place))
  world.beginToBeat()
  live(world, companies)
  return companies
}

/** Everybody goes about their work, often where it hurts: just before the hour, at which windows and days end, and right after a claim. */
function live(world: World, companies: Company[]): void {
  const { agenda, random, faults } = world
  const act = async () => {
    if (faults.areOver()) return
    setClock(world)
    await doSomething(world, random.pick(companies), companies)
    if (!random.chance(0.15)) return agenda.after(random.integer(1_000, random.chance(0.3) ? 60_000 : 2_400_000), act)
    agenda.after(hourMs - world.database.now() % hourMs - random.integer(5_000, 15_000), async () => {
      for (const company of companies) await hurry(world, company)
      await act()
    })
  }
  world.afterClaim = () => {
    if (!faults.areOver() && random.chance(0.3)) agenda.after(random.integer(1, 200), () => forbidOne(world, companies))
  }
  agenda.after(0, act)
}

/** Once in a while the database's clock is set right. */
function setClock({ faults, random, database }: World): void {
  if (faults.happens('clock: the database jumps ahead', 0.01)) database.jump(random.integer(1_000, 40_000))
  if (faults.happens('clock: the database is set back', 0.01)) database.jump(-random.integer(500, 5_000))
}

/** Nobody sets narrow limits any more; what a rule paused goes on after a while, because an operator looks in. */
function calmDown(world: World, companies: Company[]): void {
  const lookIn = async () => {
    for (const company of companies) {
      await post(world, company.accountId, { kind: 'purchase', seconds: 300_000 })
      await letGoOn(company)
    }
    world.agenda.after(12 * hourMs, lookIn)
  }
  world.agenda.after(0, async () => {
    await world.setDialling(true)
    for (const company of companies) await liftLimits(world, company)
    await lookIn()
  })
}
