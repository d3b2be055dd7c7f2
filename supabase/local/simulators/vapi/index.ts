/**
 * A stand-in for VAPI's HTTP interface, written from its documented behaviour alone (reference: providers.md §1): it checks
 * what it receives, lives a call and posts server messages. Two originations with one attempt id are a violation that tests
 * and the control interface can see.
 */
import { randomUUID } from 'node:crypto'
import { createServer } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import { Hono } from 'hono'
import { recordingOf } from './audio.ts'
import { newCall, publicView, type SimulatedCall } from './call.ts'
import { createDelivery } from './delivery.ts'
import { createFaults, FAULTS, isFault, type FaultName } from './faults.ts'
import { live } from './life.ts'
import { attemptOf, createCall, refusal } from './request.ts'

export interface VapiSimulator {
  url: string
  calls(): SimulatedCall[]
  /** What a real provider would have done harm with: double originations, ids that disagree. */
  violations(): string[]
  fault(name: FaultName, times?: number): void
  setSpeed(speed: number): void
  /** Resolves when no call is alive any more. */
  quiet(): Promise<void>
  close(): Promise<void>
}

export interface SimulatorOptions { apiKey: string, port?: number, speed?: number, concurrencyLimit?: number }

const SIGNED_FOR_MS = 5 * 60_000

export async function startVapiSimulator(options: SimulatorOptions): Promise<VapiSimulator> {
  const state = createState(options)
  const app = routes(state)
  // A dropped connection is an answer too: the fault destroys the socket instead of answering.
  const server = createServer(getRequestListener(async (request, { outgoing }) => {
    const response = await app.fetch(request)
    if (response.headers.get('x-simulator-drop')) outgoing.destroy()
    return response
  }))
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port ?? 0, '127.0.0.1', resolve)
  })
  const address = server.address()
  state.url = `http://127.0.0.1:${address && typeof address === 'object' ? address.port : 0}`
  return {
    url: state.url,
    calls: () => [...state.calls.values()],
    violations: () => [...state.violations],
    fault: (name, times = 1) => state.faults.set(name, times),
    setSpeed(speed) {
      state.speed = speed
    },
    async quiet() {
      while (state.lives.size > 0) await Promise.allSettled([...state.lives])
    },
    close: () => new Promise((resolve) => {
      state.timers.forEach(clearTimeout)
      server.close(() => resolve())
      server.closeAllConnections()
    }),
  }
}

type State = ReturnType<typeof createState>

function createState({ apiKey, speed = 4, concurrencyLimit = 10 }: SimulatorOptions) {
  const timers = new Set<NodeJS.Timeout>()
  const state = {
    apiKey, concurrencyLimit, speed, url: '', timers,
    calls: new Map<string, SimulatedCall>(), attempts: new Map<string, string>(), violations: [] as string[], faults: createFaults(),
    lives: new Set<Promise<void>>(), signed: new Map<string, { callId: string, isStereo: boolean, until: number }>(),
    wait: (seconds: number) => new Promise<void>((resolve) => {
      const timer = setTimeout(() => {
        timers.delete(timer)
        resolve()
      }, seconds * 1000 / state.speed)
      timers.add(timer)
    }),
  }
  return state
}

function routes(state: State): Hono {
  const app = new Hono()
  app.get('/__simulator/state', context => context.json({ speed: state.speed, violations: state.violations, faults: state.faults.pending(), available_faults: FAULTS, calls: [...state.calls.values()].map(publicView) }))
  app.post('/__simulator/faults', async (context) => {
    const { name, times = 1 } = await context.req.json<{ name?: unknown, times?: number }>()
    if (!isFault(name)) return refusal(400, `There is no such fault; choose one of ${Object.keys(FAULTS).join(', ')}.`)
    state.faults.set(name, times)
    return context.json({ faults: state.faults.pending() })
  })
  app.get('/__storage/:token', context => storedRecording(state, context.req.param('token')))
  app.use(async (context, next) => {
    if (context.req.header('authorization') !== `Bearer ${state.apiKey}` || state.faults.take('unauthorized_401')) {
      return refusal(401, 'Invalid Key. Hot tip, you may be using the public key instead of the private key, or vice versa.')
    }
    return next()
  })
  app.post('/call', async context => place(state, await context.req.json().catch(() => null)))
  app.get('/call', context => list(state, context.req.query()))
  app.get('/call/:id', context => show(state, context.req.param('id')))
  app.get('/call/:id/:recording{(mono|stereo)-recording}', context => signRecording(state, context.req.param('id'), context.req.param('recording') === 'stereo-recording'))
  app.notFound(context => refusal(404, `Cannot ${context.req.method} ${context.req.path}`))
  return app
}

async function place(state: State, body: unknown): Promise<Response> {
  const { faults } = state
  if (faults.take('error_before_accept')) return refusal(500, 'Internal server error')
  if (faults.take('rate_429')) return refusal(429, 'ThrottlerException: Too Many Requests')
  const parsed = createCall.safeParse(body)
  if (!parsed.success) return refusal(400, parsed.error.issues.map(issue => issue.message))
  const request = parsed.data
  if (request.customer.number.endsWith('00')) return refusal(400, ['customer.number must be a valid phone number in the E.164 format. This number is not in service.'])
  const alive = [...state.calls.values()].filter(call => call.status !== 'ended').length
  if (alive >= state.concurrencyLimit || faults.take('concurrency_400')) return Response.json({ error: 'Over Concurrency Limit' }, { status: 400 })
  const { attemptId, disagreement } = attemptOf(request)
  if (disagreement) state.violations.push(`The attempt ids of one request disagree: ${disagreement}`)
  if (attemptId && state.attempts.has(attemptId)) {
    state.violations.push(`Attempt ${attemptId} was dialled twice.`)
    return refusal(409, `A call with the name ${attemptId} exists already.`)
  }
  return accept(state, newCall(request, attemptId, new Date()))
}

async function accept(state: State, call: SimulatedCall): Promise<Response> {
  const { faults } = state
  if (call.attemptId) state.attempts.set(call.attemptId, call.id)
  state.calls.set(call.id, call)
  const isBlocked = faults.take('concurrency_201')
  const answer = { ...publicView(call), subscriptionLimits: { concurrencyBlocked: isBlocked, concurrencyLimit: state.concurrencyLimit, remainingConcurrentCalls: state.concurrencyLimit - state.calls.size } }
  const begin = () => {
    const life = live(call, { delivery: createDelivery(state.wait), faults, now: () => new Date(), wait: state.wait }).finally(() => state.lives.delete(life))
    state.lives.add(life)
  }
  if (faults.take('webhook_before_response')) {
    begin()
    await state.wait(3)
  }
  else setTimeout(begin, 5)
  if (faults.take('drop_after_accept')) return new Response(null, { status: 500, headers: { 'x-simulator-drop': '1' } })
  if (faults.take('error_after_accept')) return refusal(500, 'Internal server error')
  return Response.json(answer, { status: 201 })
}

function list(state: State, query: Record<string, string>): Response {
  const before = (name: string, isFine: (at: number, limit: number) => boolean) => (call: SimulatedCall) =>
    query[name] === undefined || isFine(call.createdAt.getTime(), Date.parse(query[name]))
  const rows = [...state.calls.values()]
    .filter(call => query.phoneNumberId === undefined || call.request.phoneNumberId === query.phoneNumberId)
    .filter(before('createdAtGe', (at, limit) => at >= limit)).filter(before('createdAtGt', (at, limit) => at > limit))
    .filter(before('createdAtLe', (at, limit) => at <= limit)).filter(before('createdAtLt', (at, limit) => at < limit))
    .sort((a, b) => b.createdAt.getTime() - a.createdAt.getTime())
  return Response.json(rows.slice(0, Math.min(1_000, Number(query.limit ?? 100))).map(publicView))
}

function show(state: State, id: string): Response {
  const call = state.calls.get(id)
  if (!call || state.faults.take('not_found_for_3s')) return refusal(404, `Couldn't find call with id ${id}.`)
  return Response.json(publicView(call))
}

function signRecording(state: State, id: string, isStereo: boolean): Response {
  const call = state.calls.get(id)
  if (call?.status !== 'ended' || call.conversation.turns.length === 0) return refusal(404, 'The recording is not available.')
  const token = randomUUID()
  state.signed.set(token, { callId: id, isStereo, until: Date.now() + SIGNED_FOR_MS })
  return new Response(null, { status: 302, headers: { location: `${state.url}/__storage/${token}` } })
}

function storedRecording(state: State, token: string): Response {
  const signed = state.signed.get(token)
  const call = signed && state.calls.get(signed.callId)
  if (!call || signed.until < Date.now()) return new Response('AccessDenied', { status: 403 })
  return new Response(recordingOf(call.conversation, signed.isStereo), { headers: { 'content-type': 'audio/wav' } })
}
