/**
 * The product's own services in processes that can die at any wait. A process reaches the database and the carrier only
 * through here, and here is where requests and answers get lost.
 */
import { placeCall } from '../../business/gateways/calls/vapi/placeCall.ts'
import { getCall } from '../../business/gateways/calls/vapi/getCall.ts'
import { findCalls } from '../../business/gateways/calls/vapi/findCalls.ts'
import { createVapiWebhook } from '../../business/gateways/calls/vapi/webhook.ts'
import type { CallGateway } from '../../business/gateways/calls/callGateway.ts'
import { createDialRepository } from '../../business/repositories/dialRepository.ts'
import { createOutboxRepository } from '../../business/repositories/outboxRepository.ts'
import { runOutbox } from '../../business/services/outbox/runOutbox.ts'
import { dialCall } from '../../business/services/calls/dialCall.ts'
import { dispatchCalls } from '../../business/services/calls/dispatchCalls.ts'
import { createEventWorker } from '../../business/services/calls/eventWorker.ts'
import { receiveCallEvent } from '../../business/services/calls/receiveCallEvent.ts'
import { reconcileCalls } from '../../business/services/calls/reconcileCalls.ts'
import { AppError } from '../../business/models/appError.ts'
import type { Agenda, Owner } from './agenda.ts'
import type { Carrier, DialRequest } from './carrier.ts'
import { dialOverTheNet } from './dialling.ts'
import type { RpcAnswer, SimulatedDatabase } from './database.ts'
import type { Faults } from './faults.ts'
import { withoutMoney } from '../support/withoutMoney.ts'
import { recordingsOf } from './outbox.ts'
import type { createNumbers } from './places.ts'
import type { Random } from './random.ts'

export interface World {
  agenda: Agenda
  random: Random
  faults: Faults
  database: SimulatedDatabase
  carrier: Carrier
  newNumber: ReturnType<typeof createNumbers>
  /** Judges what just happened in the database; called after each of its transactions. */
  judge(command: string, args: Record<string, unknown>, answer: RpcAnswer): Promise<void>
  /** Asks for all that must hold at any time. */
  everyPromise(): Promise<void>
  beginToBeat(): void
  /** Looks at what a claim has before it. */
  beforeClaim(): Promise<void>
  /** Calls were reserved: somebody may come between them and their dial. */
  afterClaim(): void
  /** Dialling for everybody, as an operator switches it. */
  setDialling(isOn: boolean): Promise<void>
  /** The law was printed anew: an operator changed it. */
  changeLaw(text: string, values: unknown[]): Promise<void>
  /** Looks at what shows only over several beats. */
  watch(): Promise<void>
  /** A service that failed in a way nobody provoked. */
  complain(text: string): void
}

export interface Process extends Owner {
  /** How wrong its clock is. */
  skewMs: number
}

const unreachable: RpcAnswer = { data: null, wrote: [], status: 0, error: { code: '', message: 'no answer', details: null, hint: null } }
const databaseTimeoutMs = 10_000

function startProcess({ faults, random }: World): Process {
  return { isDead: false, skewMs: faults.happens('clock: a process is wrong', 0.05) ? random.integer(-120_000, 120_000) : 0 }
}

/** The database as this process sees it, over a network. */
function rpcClient(world: World, process: Process) {
  const { agenda, random, faults, database } = world
  const rpc = (name: string, args: Record<string, unknown>) => new Promise<RpcAnswer>((resolve) => {
    const fault = faults.ofRpc(name)
    const answer = (ms: number, result: RpcAnswer) => agenda.after(ms, () => resolve(result), process)
    const travelMs = fault === 'slow' ? random.integer(1_000, 70_000) : random.integer(1, 40)
    agenda.after(travelMs, async () => {
      if (fault === 'crash before commit') return void (process.isDead = true)
      if (fault === 'request lost') return answer(databaseTimeoutMs, unreachable)
      if (name === 'claim_calls') await world.beforeClaim()
      const result = await database.rpc('service', name, args)
      await world.judge(name, args, result)
      if (fault === 'crash after commit') return void (process.isDead = true)
      answer(fault === 'answer lost' ? databaseTimeoutMs : random.integer(1, 40), fault === 'answer lost' ? unreachable : result)
    }, process)
  })
  return { rpc }
}

function servicesOf(world: World, process: Process) {
  const { agenda } = world
  return {
    ...recordingsOf(world, process),
    ...withoutMoney,
    outbox: createOutboxRepository(rpcClient(world, process)),
    dials: createDialRepository(rpcClient(world, process)),
    gatewayOf: async () => gatewayOf(world, process),
    clock: () => agenda.now() + process.skewMs,
    sleep: (ms: number) => agenda.sleep(ms, process),
    log: () => undefined,
  }
}

const config = { apiKey: 'simulated-key', baseUrl: 'http://carrier.invalid', webhook: { url: 'http://outdial.invalid', secret: 'simulated-secret' } }

function gatewayOf(world: World, process: Process): CallGateway {
  const { carrier } = world
  const asking = <T>(work: () => Promise<T>) => askOverTheNet(world, process, work)
  const client = { calls: {
    create: (request: unknown) => dialOverTheNet(world, process, request as DialRequest),
    get: (request: { id: string }) => asking(() => carrier.client.calls.get(request) as Promise<unknown>),
    list: (request: object) => asking(() => carrier.client.calls.list(request) as Promise<unknown>),
  } } as unknown as Carrier['client']
  return {
    id: 'vapi', capabilities: { findByAttempt: 'scan', webhooks: true, reportsCost: true, recordingAccess: 'proxy' },
    placeCall: (order) => placeCall(client, config, order), getCall: (id) => getCall(client, id), findCalls: (search) => findCalls(client, search),
    cancel: () => Promise.resolve('unsupported'),
  }
}

function askOverTheNet<T>({ agenda, random, faults }: World, process: Process, work: () => Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const fault = faults.ofAsking()
    agenda.after(random.integer(20, 300), () => {
      if (fault === 'crash while asking') return void (process.isDead = true)
      if (fault === 'asking failed') return agenda.after(random.integer(100, 20_000), () => reject(new Error('fetch failed')), process)
      const answer = work()
      agenda.after(random.integer(20, 300), () => void answer.then(resolve, reject), process)
      answer.catch(() => undefined)
    }, process)
  })
}

/** One run of a function that cron called. What the database or the carrier did to it is expected; anything else is a fault of ours. */
export function runFunction(world: World, name: string): void {
  const process = startProcess(world)
  const services = servicesOf(world, process)
  const work = name === 'dispatch-calls' ? dispatchCalls(services) : name === 'reconcile-calls' ? reconcileCalls(services) : runOutbox(services)
  work.catch((error: unknown) => complainUnlessProvoked(world, name, error))
}

/** The function that dials a call which somebody asked for, in a process that may die as well. */
export function runTestCall(world: World, { call_id, dial_in_ms }: { call_id: string, dial_in_ms: number }): void {
  const services = servicesOf(world, startProcess(world))
  const work = services.sleep(dial_in_ms).then(() => dialCall(services, call_id))
  work.catch((error: unknown) => complainUnlessProvoked(world, 'place-test-call', error))
}

function complainUnlessProvoked(world: World, name: string, error: unknown): void {
  if (!(error instanceof AppError && error.code === 'unavailable')) world.complain(`${name}: ${String(error)}`)
}

/** The process that receives webhooks: one for all, replaced when it has died. */
export function createReceiver(world: World): (body: object) => Promise<boolean> {
  const webhook = createVapiWebhook([config.webhook.secret])
  let process = startProcess(world)
  let services = servicesOf(world, process)
  let workOnEvents = createEventWorker(services)
  const isUp = () => {
    if (!process.isDead) return
    process = startProcess(world)
    services = servicesOf(world, process)
    workOnEvents = createEventWorker(services)
  }
  return async (body) => {
    isUp()
    const mine = process
    try {
      const raw = new TextEncoder().encode(JSON.stringify(body))
      const { afterwards } = await orDies(world, mine, receiveCallEvent({ webhook, dials: services.dials, workOnEvents, connection_id: null }, raw))
      if (world.faults.happens('crash after the 200, before processing', 0.01)) mine.isDead = true
      else void afterwards().catch((error: unknown) => complainUnlessProvoked(world, 'receive-call-event', error))
      return true
    } catch {
      return false
    }
  }
}

/** The sender hears nothing from a process that dies, and gives up after its own time. */
function orDies<T>({ agenda }: World, process: Process, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    agenda.after(90_000, () => reject(new Error(process.isDead ? 'died' : 'timeout')))
    work.then(resolve, reject)
  })
}
