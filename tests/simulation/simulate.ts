/** One run: a world from one seed, days of it with everything going wrong, then days in which nothing does. */
import type { ClusterAddress } from '../support/cluster.ts'
import { createAgenda } from './agenda.ts'
import { createHeart } from './beat.ts'
import { createCarrier } from './carrier.ts'
import { openCompany, type Company } from './company.ts'
import { createSimulatedDatabase } from './database.ts'
import { createFaults } from './faults.ts'
import { digestOf } from './digest.ts'
import { isAllDone, judgeTheEnd, noteWhatWasMet } from './ending.ts'
import { createJudge } from './judge.ts'
import { readBooks } from './law.ts'
import { bringToAnEnd, doSomething } from './people.ts'
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
  const ground = { database, books: await readBooks(database), condemn: complain, met: faults.met }
  const judge = createJudge(ground)
  const watch = createWatch(ground)
  const heart = createHeart(() => world)
  const post = createPost(() => world)
  const world: World = {
    agenda, random, faults, database, complain, newNumber: createNumbers(random), everyPromise: judge.everyPromise,
    carrier: createCarrier({ agenda, random, post, complain }),
    watch: () => watch.afterBeat(faults.areOver()),
    beginToBeat: heart.start,
    async judge(command, args, answer) {
      await judge.afterCommand(command, args, answer)
      if (answer.wrote && command !== 'tick') heart.quicken()
    },
  }
  return world
}

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

/** Everybody goes about their work, and once in a while the database's clock is set right, forward. */
function live(world: World, companies: Company[]): void {
  const { agenda, random, faults, database } = world
  const act = async () => {
    if (faults.areOver()) return
    if (faults.happens('clock: the database jumps ahead', 0.002)) database.jump(random.integer(1_000, 40_000))
    await doSomething(world, random.pick(companies), companies)
    agenda.after(random.integer(1_000, random.chance(0.3) ? 60_000 : 2_400_000), act)
  }
  agenda.after(0, act)
}

/** What a rule paused goes on after a while: an operator looks in. */
function calmDown(world: World, companies: Company[]): void {
  const lookIn = async () => {
    for (const company of companies) await bringToAnEnd(world, company)
    world.agenda.after(12 * hourMs, lookIn)
  }
  world.agenda.after(0, lookIn)
}
