/** What must hold at the end: the promises, that everything came to its end, and that the database and the carrier tell the same story. */
import { ENDS } from '../support/ends.ts'
import { INVARIANTS } from '../support/promises.ts'
import type { World } from './clients.ts'
import type { PlacedCall } from './events.ts'

/** The line has room and the clock leaps to whoever is due: here nothing may have needed to be put right. */
const UNNEEDED: Readonly<Record<string, string>> = {
  'a wake-up was missed, or a counter had to be put right': `select kind, facts from engine.repairs where kind in ('missed_wake', 'counter_corrected')`,
  'events met a deadlock': `select facts from engine.repairs where kind = 'put_off'`,
  'a payment was never posted, or set apart': `select event_id, error, tries from engine.payment_events where processed_at is null or quarantined_at is not null`,
  'a payment failed and was tried again': `select event_id, error, tries from engine.payment_events where tries > 0`,
  // The carrier outside names no costs.
  'the books differ': `select kind, subject, facts from engine.billing_differences where kind <> 'cost_unknown'`,
  'a void had been a call': `select id from public.calls where found_late_at is not null`,
}

interface CallRow extends Record<'id' | 'attempt_id' | 'account_id' | 'campaign_id' | 'enrolment_id' | 'phone' | 'state', string> {
  provider_call_id: string | null
  recording_state: 'none' | 'pending' | 'stored' | 'failed'
  recording_path: string | null
  reserved_seconds: number
  billed_seconds: number | null
  talk_seconds: number
  /** What the ledger took for it, in how many entries. */
  consumed: number
  entries: number
}

export async function judgeTheEnd(world: World): Promise<void> {
  const { db, tally } = world
  await db.sql`select private.check_ledger()`
  for (const [name, query] of [...Object.entries(INVARIANTS), ...Object.entries(ENDS), ...Object.entries(UNNEEDED)]) {
    const rows = await db.sql.unsafe(query)
    if (rows.length > 0) tally.condemn(`${name}: ${rows.length} rows, ${JSON.stringify(rows.slice(0, 3))}`)
  }
  const calls = await db.sql<CallRow[]>`
    select c.id, c.attempt_id, c.account_id, c.campaign_id, c.enrolment_id, c.phone, c.state, c.provider_call_id, c.reserved_seconds, c.billed_seconds, c.talk_seconds, c.recording_state, c.recording_path,
      coalesce(l.seconds, 0)::int as consumed, coalesce(l.entries, 0)::int as entries
    from public.calls c left join (
      select call_id, -sum(delta_seconds) as seconds, count(*) as entries from public.ledger_entries where kind = 'consume' group by call_id) l on l.call_id = c.id`
  compareWithTheCarrier(world, calls)
  compareWithTheStorage(world, calls)
  judgeBans(world, new Map(calls.map((call) => [call.id, call])))
  judgeOverlaps(world)
  await compareWithThePayments(world)
}

const roundUp = (seconds: number) => Math.ceil(seconds / 60) * 60

/** What the carrier knows to have happened is what was paid, once; what never happened costs nothing. */
function compareWithTheCarrier({ carrier, tally }: World, rows: CallRow[]): void {
  const known = new Set(rows.map((row) => row.attempt_id))
  for (const row of rows) {
    const call = carrier.calls.get(row.attempt_id)
    const due = call ? Math.min(roundUp(call.longestSeconds), roundUp(call.talkSeconds)) : 0
    const story = `call ${row.id} (${row.state})`
    if (call && row.state !== 'settled') tally.condemn(`${story} rang at the carrier`)
    if (call && row.provider_call_id !== call.id) tally.condemn(`${story} carries another id than the carrier's`)
    if (call && row.talk_seconds !== call.talkSeconds) tally.condemn(`${story} was talked for ${call.talkSeconds} s, not ${row.talk_seconds}`)
    if (row.consumed !== due || (row.billed_seconds ?? 0) !== due) tally.condemn(`${story} costs ${due} s, billed ${row.billed_seconds}, taken ${row.consumed}`)
    if (row.entries > 1) tally.condemn(`${story} was billed ${row.entries} times`)
  }
  for (const call of carrier.calls.values()) if (!known.has(call.attemptId)) tally.condemn(`the database never heard of attempt ${call.attemptId}`)
}

/** Whoever talked was recorded, and the copy lies where the call says. */
function compareWithTheStorage({ carrier, storage, tally }: World, rows: CallRow[]): void {
  for (const { id, attempt_id, recording_state: state, recording_path: path } of rows) {
    const wasRecorded = (carrier.calls.get(attempt_id)?.answeredAt ?? null) !== null
    if (wasRecorded !== (state !== 'none')) tally.condemn(`call ${id} has a recording that is ${state}`)
    if (state === 'stored' && !storage.has(path!)) tally.condemn(`call ${id} names a recording that lies nowhere`)
  }
}

/** A dial that was asked for after the answer that forbade it, and before anybody asked to allow it again. */
function judgeBans({ begun, bans, tally }: World, calls: Map<string, CallRow>): void {
  for (const { callId, askedAt } of begun) {
    const call = calls.get(callId)
    if (!call) tally.condemn(`call ${callId} was begun and is gone`)
    else if (bans.isForbidden(call.phone, askedAt)) tally.condemn(`${call.phone} was dialled after the answer to an opt-out`)
    else if (bans.isForbidden(call.campaign_id, askedAt)) tally.condemn(`call ${callId} was dialled after the answer to a pause or stop`)
    else if (bans.isForbidden(call.enrolment_id, askedAt)) tally.condemn(`call ${callId} was dialled after the answer that took its contact out`)
  }
  const twice = begun.length - new Set(begun.map(({ callId }) => callId)).size
  if (twice > 0) tally.condemn(`${twice} calls were begun twice`)
}

/** No phone rings twice at once, and the line never carries more than it may. */
function judgeOverlaps({ carrier, tally }: World): void {
  const byNumber = Object.values(Object.groupBy(carrier.calls.values(), (call) => call.to)) as PlacedCall[][]
  for (const calls of byNumber) {
    const inOrder = calls.toSorted((one, other) => one.placedAt - other.placedAt)
    for (const [place, call] of inOrder.entries()) {
      const next = inOrder[place + 1]
      if (next && next.placedAt < call.endsAt) tally.condemn(`${call.to} was dialled while another call to it was open`)
    }
  }
}

async function compareWithThePayments({ db, companies, tally }: World): Promise<void> {
  for (const { accountId, boughtSeconds } of companies) {
    const [row] = await db.sql`select coalesce(sum(delta_seconds), 0)::bigint as seconds from public.ledger_entries where account_id = ${accountId} and kind = 'purchase'`
    if (Number(row?.seconds) !== boughtSeconds) tally.condemn(`${boughtSeconds} s were bought, ${row?.seconds} s were posted`)
  }
}
