/** Money: people order minutes, and the payment provider tells of a payment until it is heard, sometimes twice and sometimes in other words. */
import { randomUUID } from 'node:crypto'
import { factsOf, type Order } from '../factories/order.ts'
import type { World } from './clients.ts'
import { ask, Refused } from './door.ts'
import type { Company } from './people.ts'

type Counter = Pick<World, 'backstage' | 'spare' | 'random' | 'tally'>

/** Orders for so many whole dollars, pays, and lets the provider tell of it. */
export async function buyMinutes(world: Counter, company: Company, dollars: number): Promise<void> {
  const { spare, random, tally } = world
  const wish = { account_id: company.accountId, request_id: randomUUID(), amount_cents: dollars * 100 }
  const order = await untilHeard(tally, () => ask<Order>(company.door, 'create_order', wish))
  const result = { session_id: `cs_${order.order_id}`, url: 'https://pay.example/1', expires_at: null, payment_intent_id: null, customer_id: `cus_${company.accountId}` }
  await untilHeard(tally, () => ask(spare, 'record_checkout', { order_id: order.order_id, result }))
  company.boughtSeconds += order.seconds + order.bonus_seconds
  const { paid, succeeded } = factsOf(order)
  const event = `evt_${order.order_id}`
  const letters = [{ event_id: event, fact: paid() }, ...(random.chance(0.5) ? [{ event_id: `${event}:payment`, fact: succeeded() }] : []),
    ...(random.chance(0.2) ? [{ event_id: event, fact: paid() }] : []), ...(random.chance(0.2) ? [{ event_id: `${event}:again`, fact: paid() }] : [])]
  await Promise.all(letters.map((letter) => tell(world, letter)))
}

async function tell({ spare, tally }: Counter, { event_id, fact }: { event_id: string, fact: Record<string, unknown> }): Promise<void> {
  const event = { event_id, type: String(fact.kind), livemode: false, occurred_at: new Date().toISOString(), fact, body: {} }
  await untilHeard(tally, () => ask(spare, 'record_payment_event', { event }))
  // In the background of the webhook; whatever becomes of it, the heartbeat does it as well.
  await spare.rpc('process_payment_events', { batch_size: 100 })
}

/** Room for all that is to come, from an operator's hand. */
export async function give({ backstage, tally }: Counter, company: Company, seconds: number): Promise<void> {
  const ref = `gift:${randomUUID()}`
  await untilHeard(tally, async () => {
    const { error, status } = await backstage.run('post_entry', `select private.post_entry($1, 'adjust', $2, $3) as answer`, [company.accountId, seconds, ref])
    if (error) throw new Refused(error.code, status === 0, error.message)
  })
}

/** Asked again while no answer comes or the account is busy: each of these may be asked twice. */
async function untilHeard<T>(tally: World['tally'], request: () => Promise<T>): Promise<T> {
  for (let times = 0; ; times++) {
    try {
      return await request()
    } catch (error) {
      if (!(error instanceof Refused) || !(error.isUnknown || error.code === 'unavailable' || /^(57014|55P03)$/.test(error.code))) throw error
      if (times === 500) tally.condemn(`it is never heard: ${error.message}`)
      if (times === 500) throw error
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }
}
