/** Faults in the delivery of events. Each happens to all events that one happening tells of, say a payment. */
import type { StripeEvent } from '../things.ts'
import type { Fault, Parcel } from './fault.ts'

const LATE_SECONDS = 60

const plain = (event: StripeEvent): Parcel => ({ event })
const signed = (signing: Parcel['signing']) => (events: StripeEvent[]) => events.map((event) => ({ event, signing }))

export const webhooks: Fault[] = [
  { name: 'duplicate_webhooks', description: 'Each event comes three times, with the same id.', deliver: (events) => events.flatMap((event) => [plain(event), plain(event), plain(event)]) },
  { name: 'twin_webhooks', description: 'Each event comes a second time, with an id of its own.', deliver: (events, { twin }) => events.flatMap((event) => [plain(event), plain(twin(event))]) },
  { name: 'reordered_webhooks', description: 'The events come last one first.', deliver: (events) => events.map(plain).reverse() },
  { name: 'late_webhooks', description: 'The events come a minute late.', deliver: (events) => events.map((event) => ({ event, delaySeconds: LATE_SECONDS })) },
  { name: 'lost_webhooks', description: 'The events never come; who asks for the list of events finds them.', deliver: () => [] },
  { name: 'expanded_webhooks', description: 'The events carry whole objects where ids are usual.', deliver: (events, { expanded }) => events.map((event) => plain(expanded(event))) },
  { name: 'live_webhooks', description: 'The events claim to be of live mode.', deliver: (events) => events.map((event) => plain({ ...event, livemode: true, data: { ...event.data, object: { ...event.data.object, livemode: true } } })) },
  {
    name: 'expired_after_paid', description: 'A completed session is told to have expired, too.',
    deliver: (events, { invented }) => events.flatMap((event) => event.type === 'checkout.session.completed'
      ? [plain(event), plain(invented('checkout.session.expired', { ...event.data.object, status: 'expired', payment_status: 'unpaid' }))]
      : [plain(event)]),
  },
  {
    name: 'unknown_webhooks', description: 'An event of a type that nobody has heard of comes before each.',
    deliver: (events, { invented }) => events.flatMap((event) => [plain(invented('something.new', { id: 'new_1', object: 'something', livemode: false })), plain(event)]),
  },
  { name: 'stale_signature', description: 'The first try is signed ten minutes ago; later tries are signed well.', deliver: signed('stale') },
  { name: 'early_signature', description: 'The first try is signed ten minutes from now.', deliver: signed('early') },
  { name: 'wrong_signature', description: 'The first try is signed with another secret.', deliver: signed('wrong') },
  { name: 'no_signature', description: 'The first try is not signed.', deliver: signed('none') },
  { name: 'many_signatures', description: 'The events are signed with several secrets, the right one last, and by an older scheme.', deliver: signed('many') },
]
