/**
 * Clients as the functions and the pages are: each with a session of its own, all on the same accounts. Each dials, receives
 * webhooks, beats the heart and lets people do what people do, at the same time and without regard for the others.
 */
import { AppError } from '../../business/models/appError.ts'
import { createDialRepository } from '../../business/repositories/dialRepository.ts'
import type { CallEvent } from '../../business/models/callEvent.ts'
import { dispatchCalls } from '../../business/services/calls/dispatchCalls.ts'
import { reconcileCalls } from '../../business/services/calls/reconcileCalls.ts'
import { runOutbox } from '../../business/services/outbox/runOutbox.ts'
import type { Random } from '../simulation/random.ts'
import type { TestDatabase } from '../support/database.ts'
import type { Bans } from './bans.ts'
import type { Carrier } from './carrier.ts'
import type { FastClock } from './clock.ts'
import { doSomething } from './deeds.ts'
import { Died, dialDepsOf, newRun } from './dialling.ts'
import { openDoor, type Backstage, type Door } from './door.ts'
import type { Company } from './people.ts'
import { outboxOf } from './recordings.ts'
import type { Tally } from './tally.ts'

class Later extends Error {}

/** A dial that began: which call, and when it was asked for by the clock of this process. */
export interface BegunDial { callId: string, askedAt: number }

export interface World {
  db: TestDatabase
  clock: FastClock
  random: Random
  tally: Tally
  carrier: Carrier
  bans: Bans
  companies: Company[]
  begun: BegunDial[]
  /** The paths of the recordings that were copied, whatever the database says. */
  storage: Set<string>
  backstage: Backstage
  /** Another way to where the clients' requests go. */
  spare: Door
  /** How many calls are to be placed until people and faults stop. */
  wanted: number
  /** When the heart beat last. */
  beatAt: number
  /** How many heartbeats were answered. */
  beats: number
  /** People and faults have stopped. */
  isCalm: boolean
  isOver: boolean
  /** What is left to come to an end, in words. */
  remains: string
}

/** Of the fast clock: half as often as the product's, or the heart would take a third of the processor. */
const TICK_EVERY_MS = 4_000
const LETTERS_AT_ONCE = 40

/** How long each rests when it found nothing to do, in milliseconds of the wall. Whoever finds work goes on at once. */
const RESTS = { dispatch: [50, 400], receive: [40, 160], sweep: [5, 40], copy: [100, 800], live: [200, 1_000] } satisfies Record<string, [number, number]>

/** Works until the world is over. */
export async function runClient(world: World): Promise<void> {
  const door = openServiceDoor(world)
  const repeat = async (what: keyof typeof RESTS, work: () => Promise<boolean>) => {
    while (!world.isOver) {
      const wasBusy = await work()
      if (!wasBusy) await rest(world, ...RESTS[what])
    }
  }
  await Promise.all([
    repeat('dispatch', () => dispatch(world, door)), repeat('receive', () => receive(world, door)),
    repeat('sweep', () => sweep(world, door)), repeat('copy', () => copy(world, door)), repeat('live', () => live(world)),
  ])
  await door.close()
}

export function openServiceDoor({ db, tally }: Pick<World, 'db' | 'tally'>): Door {
  return openDoor({ url: db.url.replace('supabase_admin', 'postgres'), claims: { role: 'service_role' }, connections: 1, tally })
}

/** What a run of dispatch-calls does. */
async function dispatch(world: World, door: Door): Promise<boolean> {
  const run = newRun(world)
  const { dialled } = await unlessUnreachable(dispatchCalls({ ...dialDepsOf(world, door, run), clock: world.clock.now }), { dialled: 0 }, world.tally)
  if (run.isDead) world.tally.met('dispatchers that died')
  return dialled > 0
}

/** Webhooks: stored each in its turn, answered or sent again, worked on afterwards. */
async function receive({ carrier, tally, bans }: World, door: Door): Promise<boolean> {
  const letters = carrier.takeMail(LETTERS_AT_ONCE)
  const dials = createDialRepository(door)
  const hand = async (event: CallEvent) => {
    const answer = event.tools ? answerTools(event) : dials.recordEvent(event, {})
    await answer.catch((error: unknown) => error instanceof Later || carrier.giveBack(event))
  }
  // What was answered with a word of later is not forbidden yet.
  const answerTools = (event: CallEvent) => bans.forbid(carrier.calls.get(event.attempt_id!)!.to, async () => {
    const { results } = await dials.answerTools(event, {})
    if (!results.some((result) => 'result' in result && result.result.startsWith('Done'))) throw new Later()
  })
  await Promise.all(letters.map(hand))
  if (letters.length > 0) await unlessUnreachable(dials.processEvents(500), null, tally)
  return letters.length > 0
}

/** The heartbeat, whose beats may overlap, and the questions to the carrier. */
async function sweep(world: World, door: Door): Promise<boolean> {
  const { clock, random, carrier, tally, backstage } = world
  if (clock.now() - world.beatAt < TICK_EVERY_MS && !random.chance(0.02)) return false
  world.beatAt = clock.now()
  const { error } = await backstage.run('tick', 'select private.tick() as answer')
  if (!error) world.beats++
  if (random.chance(0.3)) {
    await unlessUnreachable(reconcileCalls({ dials: createDialRepository(door), gatewayOf: async () => carrier.gateway, log: () => undefined }), null, tally)
  }
  return false
}

/** Until there is no job any more; without a heartbeat none is added. */
export async function finishJobs(world: World): Promise<void> {
  while (await copy(world, world.spare));
}

/** What run-outbox does. */
async function copy(world: World, door: Door): Promise<boolean> {
  const { done } = await unlessUnreachable(runOutbox(outboxOf(world, door)), { done: 0 }, world.tally)
  return done > 0
}

async function live(world: World): Promise<boolean> {
  if (!world.isCalm) await doSomething(world)
  return false
}

function rest({ random }: World, from: number, to: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, random.integer(from, to)))
}

async function unlessUnreachable<T>(work: Promise<T>, otherwise: T, tally: Tally): Promise<T> {
  try {
    return await work
  } catch (error) {
    // What the database said was judged at the door.
    if (!(error instanceof AppError && (error.code === 'unavailable' || error.code === 'internal')) && !(error instanceof Died)) tally.condemn(`a function failed: ${String(error)}`)
    return otherwise
  }
}
