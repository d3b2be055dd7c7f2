/**
 * Whatever comes in whatever order, once, twice or not at all, with workers that die half way: the ledger says what the facts that
 * arrived say, each order is credited once or never, and all promises hold. A failing sequence names its seed: BILLING_SEED=7 plays it alone.
 */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openAccount, type TestAccount } from '../factories/account.ts'
import { acceptedCall, processEvents, report, sendEvent, type AcceptedCall } from '../factories/call.ts'
import { startedCampaign } from '../factories/campaign.ts'
import { createOrder, factsOf, type Order } from '../factories/order.ts'
import { createRandom, type Random } from '../simulation/random.ts'
import { createDatabase, type Session, type TestDatabase } from '../support/database.ts'
import { expectInvariants } from '../support/invariants.ts'

const SEQUENCES = Number(process.env.BILLING_SEQUENCES ?? 100)
const ONE = process.env.BILLING_SEED === undefined ? null : Number(process.env.BILLING_SEED)
type Fact = Record<string, unknown>
interface Bought { order: Order, arrived: Fact[] }
interface Delivery { to: Bought, fact: Fact, id: string }

let db: TestDatabase
let service: Session
beforeAll(async () => {
  db = await createDatabase()
  service = await db.session('service')
  await db.sql`update engine.provider_lines set calls_per_second = 1000, concurrency_max = 1000, tokens = 1000`
})
afterAll(async () => {
  await service.close()
  await db.drop()
})

test(`${SEQUENCES} sequences of what may happen to money`, async () => {
  for (let seed = ONE ?? 1; seed <= (ONE ?? SEQUENCES); seed++) {
    await new Sequence(createRandom(seed), seed).run()
    if (seed % 20 === 0) await expectInvariants(db)
  }
  await expectInvariants(db)
})

/** What the provider says of one order over time, before the post mixes it up. */
function story(random: Random, order: Order): Fact[] {
  const facts = factsOf(order)
  const ending = random.weighted({ paid: 5, slow: 2, lost: 1, expired: 1, otherAmount: 1 })
  if (ending === 'expired') return [facts.expired()]
  if (ending === 'lost') return [facts.unpaid(), facts.notPaidLater()]
  if (ending === 'otherAmount') return [facts.paid({ amount_cents: 100 }), facts.succeeded({ amount_cents: 100 })]
  const told: Fact[] = ending === 'slow' ? [facts.unpaid(), facts.paidLater(), facts.succeeded()] : [facts.paid(), facts.succeeded()]
  let refunded = 0
  for (const name of ['a', 'b', 'c'].slice(0, random.integer(0, 3))) {
    const cents = random.integer(1, order.amount_cents - refunded)
    refunded += cents
    told.push(facts.refund(name, cents, 'pending'), facts.charge(refunded), facts.refund(name, cents, 'succeeded'))
    if (random.chance(0.3)) told.push(facts.refund(name, cents, 'failed'))
    if (refunded === order.amount_cents) break
  }
  if (random.chance(0.4)) {
    const cents = random.integer(1, order.amount_cents)
    const changes = random.weighted({ inquiry: 1, lost: 1, won: 2 })
    told.push(facts.dispute('created', changes === 'inquiry' ? 'warning_needs_response' : 'needs_response', cents))
    if (changes !== 'inquiry') told.push(facts.dispute('funds_withdrawn', 'under_review', cents))
    if (changes === 'won') told.push(facts.dispute('funds_reinstated', 'won', cents))
    told.push(facts.dispute('closed', changes === 'inquiry' ? 'warning_closed' : changes, cents))
  }
  return told
}

/** What the ledger must say of an order, from the facts that arrived alone. */
function expectedOf({ order, arrived }: Bought): { seconds: number, purchases: number } {
  const of = (kind: string) => arrived.filter((fact) => fact.kind === kind)
  const isPaid = arrived.some((fact) => fact.amount_cents === order.amount_cents && (fact.kind === 'payment' ? fact.status === 'succeeded' : fact.payment_status === 'paid'))
  if (!isPaid) return { seconds: 0, purchases: 0 }
  const refunds = new Map(of('refund').map((fact) => [fact.refund_id, fact.amount_cents as number]))
  const failed = new Map(of('refund').filter(({ status }) => status === 'failed').map((fact) => [fact.refund_id, fact.amount_cents as number]))
  const sum = (amounts: Map<unknown, number>) => [...amounts.values()].reduce((total, cents) => total + cents, 0)
  const refunded = Math.min(order.amount_cents, Math.max(sum(refunds), ...of('charge').map((fact) => fact.refunded_cents as number))) - sum(failed)
  const changes = of('dispute').map(({ change }) => change)
  const disputed = changes.includes('funds_withdrawn') && !changes.includes('funds_reinstated') ? of('dispute')[0]!.amount_cents as number : 0
  const part = (cents: number) => Math.floor(order.seconds * Math.max(0, cents) / order.amount_cents)
  return { seconds: order.seconds - part(refunded) - Math.min(order.seconds - part(refunded), part(disputed)), purchases: 1 }
}

class Sequence {
  private account!: TestAccount
  private campaignId: string | null = null
  private readonly bought: Bought[] = []
  private readonly calls: AcceptedCall[] = []
  private granted = 1200
  private readonly did: string[] = []

  private readonly random: Random
  private readonly seed: number

  constructor(random: Random, seed: number) {
    this.random = random
    this.seed = seed
  }

  async run(): Promise<void> {
    this.account = await openAccount(db)
    if (this.random.chance(0.3)) this.campaignId = (await startedCampaign(this.account, { contacts: 3, assistant: { maximum_seconds: 60 } })).campaignId
    const post = await this.orderAndMixUp()
    for (const delivery of post) {
      await this.deliver(delivery)
      await this.step(this.random.weighted({ nothing: 4, process: 4, die: 2, grant: 1, take: 1, call: 2, settle: 2 }))
    }
    while (this.calls.length > 0) await this.step('settle')
    if (this.campaignId) await this.account.owner.rpc('stop_campaign', { campaign_id: this.campaignId })
    for (let round = 0; round < 3; round++) await service.rpc('process_payment_events', { batch_size: 100 })
    await this.judge()
  }

  /** Twice, in another order, or not at all. */
  private async orderAndMixUp(): Promise<Delivery[]> {
    const post: Delivery[] = []
    for (let count = this.random.integer(1, 2); count > 0; count--) {
      const to: Bought = { order: await createOrder(this.account, this.random.pick([{ pack_id: 'minutes_50' }, { pack_id: 'minutes_100' }, { amount_cents: 4100 }])), arrived: [] }
      this.bought.push(to)
      const told = story(this.random, to.order).map((fact) => ({ to, fact, id: randomUUID() }))
      post.push(...told, ...told.filter(() => this.random.chance(0.2)).map((one) => (this.random.chance(0.5) ? one : { ...one, id: randomUUID() })))
    }
    const kept = post.filter(() => !this.random.chance(0.08))
    for (let place = kept.length - 1; place > 0 && this.random.chance(0.97); place--) {
      const other = this.random.integer(0, place)
      ;[kept[place], kept[other]] = [kept[other]!, kept[place]!]
    }
    return kept
  }

  private async deliver({ to, fact, id }: Delivery): Promise<void> {
    this.did.push(`${String(fact.kind)} ${String(fact.status ?? fact.refunded_cents)}`)
    const event = { event_id: id, type: String(fact.kind), livemode: false, occurred_at: null, fact, body: {} }
    if (this.random.chance(0.1)) await this.dying(() => service.rpc('record_payment_event', { event }))
    await service.rpc('record_payment_event', { event })
    to.arrived.push(fact)
  }

  private async step(what: string): Promise<void> {
    this.did.push(what)
    const work = () => service.rpc('process_payment_events', { batch_size: this.random.integer(1, 4) })
    if (what === 'process') await work()
    else if (what === 'die') await this.dying(work)
    else if (what === 'grant') await this.move('grant', 60)
    else if (what === 'take') await this.move('expire', -60)
    else if (what === 'call' && this.campaignId) await this.place()
    else if (what === 'settle') await this.settle()
  }

  /** A worker that did all of it and died before its commit. */
  private async dying(work: () => Promise<unknown>): Promise<void> {
    await service.begin()
    await work()
    await service.query('rollback')
  }

  private async move(kind: string, seconds: number): Promise<void> {
    await db.sql`select private.post_entry(${this.account.accountId}, ${kind}::public.ledger_kind, ${seconds}, ${randomUUID()}) where ${seconds} > 0
      or exists (select from engine.accounts where account_id = ${this.account.accountId} and balance_seconds - reserved_seconds >= ${-seconds})`
      .then(({ length }) => (this.granted += length * seconds))
  }

  private async place(): Promise<void> {
    const call = await acceptedCall(db).catch((error: Error) => {
      if (error.message !== 'Nothing was due.') throw error
    })
    if (call) this.calls.push(call)
  }

  private async settle(): Promise<void> {
    const call = this.calls.shift()
    if (!call) return
    const told = report(call.providerCallId, this.random.integer(0, 90))
    await sendEvent(db, told)
    if (this.random.chance(0.3)) await this.dying(() => service.rpc('process_call_events', { batch_size: 100 }))
    if (this.random.chance(0.3)) await sendEvent(db, told)
    await processEvents(db)
  }

  private async judge(): Promise<void> {
    const story = `seed ${this.seed}: ${this.did.join(', ')}`
    let expected = this.granted
    for (const bought of this.bought) {
      const [found] = await db.sql`select coalesce(sum(delta_seconds), 0)::int as seconds, (count(*) filter (where kind = 'purchase'))::int as purchases
        from public.ledger_entries where order_id = ${bought.order.order_id}`
      expect(found, story).toEqual(expectedOf(bought))
      expected += expectedOf(bought).seconds
    }
    const [books] = await db.sql`select a.balance_seconds::int as balance, a.reserved_seconds::int as reserved,
      (select coalesce(sum(billed_seconds), 0)::int from public.calls c where c.account_id = a.account_id) as billed from engine.accounts a where account_id = ${this.account.accountId}`
    expect(books, story).toMatchObject({ balance: expected - (books?.billed as number), reserved: 0 })
    expect(await db.sql`select event_id, error from engine.payment_events where quarantined_at is not null or tries > 0`, story).toEqual([])
  }
}
