/**
 * Cron: every two seconds. Where nothing can come of a beat the ones until then are left out: a beat that writes nothing is the
 * same however often it comes. Whatever anybody writes brings the next one back within two seconds.
 */
import { nextWork } from './facts.ts'
import { runFunction, type World } from './processes.ts'

export interface Heart {
  start(): void
  /** Somebody changed something. */
  quicken(): void
}

const beatMs = 2_000
/** Sweeps come each minute; what they are for shows after an hour as well. */
const longestMs = 3_600_000

export function createHeart(world: () => World): Heart {
  let turn = 0
  let dueAt = 0
  const beatAfter = (ms: number) => {
    const { agenda } = world()
    const mine = ++turn
    dueAt = agenda.now() + ms
    agenda.after(ms, () => (mine === turn ? beat(mine) : undefined))
  }
  const beat = async (mine: number) => {
    const { faults, random } = world()
    if (!faults.happens('cron: silent for a while', 0.002)) await beatOnce(world())
    else if (random.chance(0.5)) return beatAfter(random.integer(10_000, 120_000))
    if (mine === turn) beatAfter(await pauseUntilWork(world()))
  }
  return {
    start: () => beatAfter(0),
    quicken() {
      if (dueAt > world().agenda.now() + beatMs) beatAfter(beatMs)
    },
  }
}

async function pauseUntilWork({ database, random }: World): Promise<number> {
  const [next] = await database.query<{ at: string | null }>(nextWork)
  const waits = next!.at === null ? longestMs : Number(next!.at) - database.now()
  return Math.ceil(Math.min(longestMs, Math.max(beatMs, waits))) + random.integer(0, 100)
}

async function beatOnce(world: World): Promise<void> {
  const { random, faults, database } = world
  const answer = await database.tick()
  await Promise.all([world.judge('tick', {}, answer), world.watch()])
  for (const name of answer.calls) {
    if (faults.happens('cron: request lost', 0.03)) continue
    for (let n = faults.happens(`cron: two to five workers of ${name}`, 0.1) ? random.integer(2, 5) : 1; n > 0; n--) runFunction(world, name)
  }
}
