/** Recordings on their way from the carrier to the storage, by workers that may die and answers that may come twice. */
import type { RecordingAnswer } from '../../business/gateways/calls/callGateway.ts'
import { createOutboxRepository, type OutboxRepository } from '../../business/repositories/outboxRepository.ts'
import { createPaymentRepository } from '../../business/repositories/paymentRepository.ts'
import type { OutboxDeps } from '../../business/services/outbox/runOutbox.ts'
import { withoutMoney } from '../support/withoutMoney.ts'
import type { World } from './clients.ts'
import type { Door } from './door.ts'

type Fate = 'ready' | 'not ready' | 'gone' | 'unreachable' | 'storage refuses'
const FATES: Readonly<Record<Fate, number>> = { ready: 90, 'not ready': 4, gone: 2, unreachable: 2, 'storage refuses': 2 }

/** What run-outbox works with. Once nothing goes wrong any more each copy succeeds. */
export function outboxOf(world: World, door: Door): OutboxDeps {
  const { clock, random, tally, storage } = world
  const fateOf = (): Fate => {
    const fate = world.isCalm ? 'ready' : random.weighted(FATES)
    if (fate !== 'ready') tally.met(`recording: ${fate}`)
    return fate
  }
  return {
    ...withoutMoney, payments: createPaymentRepository(door), invoices: { store: () => Promise.resolve() },
    outbox: watched(world, door), clock: clock.now, log: () => undefined,
    recordingGatewayOf: async () => ({ openRecording: async () => {
      await clock.sleep(random.integer(50, 500))
      return answerOf(fateOf())
    } }),
    recordings: { store: (path, body) => {
      // The body says what becomes of it: whoever refuses it has not read it.
      if (body instanceof RefusedBody) return Promise.reject(new Error('The storage answered HTTP 500'))
      storage.add(path)
      return Promise.resolve(5)
    }, remove: (path) => Promise.resolve(void storage.delete(path)) },
  }
}

class RefusedBody extends ReadableStream<Uint8Array> {}

function answerOf(fate: Fate): RecordingAnswer {
  if (fate === 'unreachable') throw new TypeError('fetch failed')
  if (fate === 'gone') return { kind: 'gone', cause: 'HTTP 404' }
  if (fate === 'not ready') return { kind: 'not_ready', cause: 'HTTP 202' }
  return { kind: 'ready', body: fate === 'ready' ? new ReadableStream() : new RefusedBody(), content_type: 'audio/mpeg', extension: 'mp3' }
}

/** Some workers die before they answer, and some answers arrive twice, as through a proxy that repeats. */
function watched(world: World, door: Door): OutboxDeps['outbox'] {
  const [outbox, again] = [door, world.spare].map(createOutboxRepository) as [OutboxRepository, OutboxRepository]
  return {
    claim: (limit) => outbox.claim(limit),
    getInvitationMail: (job) => outbox.getInvitationMail(job),
    getNoticeMail: (job) => outbox.getNoticeMail(job),
    recordingToDelete: (id) => outbox.recordingToDelete(id),
    callToAnalyse: (id) => outbox.callToAnalyse(id),
    record: async (id, result) => {
      if (!world.isCalm && world.random.chance(0.02)) {
        world.tally.met('copying workers that died')
        throw new Error('The worker died.')
      }
      const [answer] = await Promise.all([outbox, ...(world.random.chance(0.05) ? [again] : [])].map((way) => way.record(id, result)))
      return answer!
    },
  }
}
