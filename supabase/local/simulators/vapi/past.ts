/** Calls that were had some time ago: lived out at once, each message with the hour at which it was sent. */
import { attemptOf } from './attempt.ts'
import { newCall, type SimulatedCall } from './call.ts'
import { live } from './life.ts'
import type { Message } from './messages.ts'
import type { Pacer } from '../shared/pacer.ts'
import { wants } from './postman.ts'
import { createCall } from './request.ts'
import { ORG } from './saved/shelf.ts'
import { tell } from './scripts/index.ts'
import { sceneOf } from './scripts/scene.ts'
import type { PlotName } from './scripts/script.ts'

export interface PastMessage { at: Date, message: Message }

export interface PastWorld {
  /** Answers what an assistant's tool asked at that hour. */
  ask: (message: Message, at: Date) => Promise<unknown>
  random: () => number
}

/** Placed at that hour by the body of a POST /call; the plot takes the place of the one that the number has. */
export function pastCall(body: unknown, plot: PlotName, at: Date): SimulatedCall {
  const request = createCall.parse(body)
  const assistant = request.assistant ?? {}
  const destination = assistant.server ? { server: assistant.server } : null
  return newCall({
    org: ORG, request, assistant, destination, destinationOf: (server) => ({ server }), attemptId: attemptOf(body).id, faults: [], origin: 'http://vapi.invalid', now: at,
    bend: () => tell(plot, sceneOf(assistant, request.customer?.name, at)),
  })
}

/** Answers what the dialler was told, in order. */
export async function liveInThePast(call: SimulatedCall, { ask, random }: PastWorld): Promise<PastMessage[]> {
  const told: PastMessage[] = []
  let at = call.createdAt.getTime()
  const now = () => new Date(at)
  const pacer: Pacer = {
    wait: (seconds) => {
      at += Math.max(0, seconds) * 1000
      return Promise.resolve()
    },
    speed: () => Infinity, setSpeed: () => undefined, waitingCount: () => 0, close: () => undefined,
  }
  await live(call, { pacer, now, random, postman: {
    post: (_call, message) => void (wants(call.assistant.serverMessages, message) && told.push({ at: now(), message })),
    ask: (_destination, message) => ask(message, now()),
    caughtUp: () => Promise.resolve(), settled: () => Promise.resolve(), underwayCount: () => 0, close: () => undefined,
  } })
  return told
}
