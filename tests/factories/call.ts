/** Calls on their way, made by the same functions that the dispatcher uses. */
import { randomUUID } from 'node:crypto'
import type { TestDatabase } from '../support/database.ts'

export interface Claimed { call_id: string, dial_in_ms: number }

interface Claim { call_ids: Claimed[], more: boolean }
const claimOf = (db: TestDatabase, limit: number) => db.asService().rpc<Claim>('claim_calls', { batch_size: limit })

export async function claim(db: TestDatabase, limit = 25): Promise<Claimed[]> {
  return (await claimOf(db, limit)).call_ids
}

/** As a dispatcher does: an account that somebody holds just then, to tell the pages about it, is asked for again. */
async function claimOne(db: TestDatabase): Promise<Claimed> {
  for (let tries = 0; tries < 100; tries++) {
    const { call_ids: [claimed], more } = await claimOf(db, 1)
    if (claimed) return claimed
    if (!more) break
  }
  throw new Error('Nothing was due.')
}

/** Claims one call and begins to dial it; the line's rate lets a first call start at once. */
export async function dialOne(db: TestDatabase): Promise<{ callId: string, attemptId: string }> {
  const { call_id: callId } = await claimOne(db)
  return { callId, attemptId: (await beginCall<{ attempt_id: string }>(db, callId)).attempt_id }
}

/** Begins a reserved call whose turn on the line has come. */
export async function beginCall<Order>(db: TestDatabase, callId: string): Promise<Order> {
  await db.sql`update public.calls set dial_at = private.now() where id = ${callId}`
  const order = await db.asService().rpc<Order | null>('begin_dial', { call_id: callId })
  if (!order) throw new Error('The call was not to be dialled.')
  return order
}

export interface AcceptedCall { callId: string, attemptId: string, providerCallId: string }

/** A call that the provider has accepted. */
export async function acceptedCall(db: TestDatabase): Promise<AcceptedCall> {
  const call = await dialOne(db)
  const providerCallId = randomUUID()
  await db.asService().rpc('record_dial', { call_id: call.callId, result: { kind: 'accepted', provider_call_id: providerCallId } })
  return { ...call, providerCallId }
}

export async function sendEvent(db: TestDatabase, event: Record<string, unknown>): Promise<{ is_new: boolean }> {
  return db.asService().rpc('record_call_event', { event: { provider: 'vapi', dedupe_key: randomUUID(), type: 'status-update', is_report: false, ...event }, body: {} })
}

/** The provider's report of an answered call of so many seconds, in the shape of the parser. */
export function report(providerCallId: string, talkSeconds = 61, facts: Record<string, unknown> = {}): Record<string, unknown> {
  const ended = Date.now()
  return {
    dedupe_key: `${providerCallId}:report`, type: 'end-of-call-report', provider_call_id: providerCallId, state: 'ended', is_report: true, outcome: 'answered', failure_scope: 'call',
    ended_reason: 'customer-ended-call', talk_seconds: talkSeconds, started_at: new Date(ended - talkSeconds * 1000).toISOString(), ended_at: new Date(ended).toISOString(),
    turns: [{ role: 'assistant', text: 'Hello', seconds_from_start: 0, duration_seconds: 1 }], summary: 'They said hello.', has_recording: true, ...facts,
  }
}

export async function processEvents(db: TestDatabase): Promise<{ processed: number, pending: number, unsent_ms: number | null }> {
  return db.asService().rpc('process_call_events', { batch_size: 500 })
}

export async function callState(db: TestDatabase, callId: string): Promise<Record<string, unknown>> {
  const [row] = await db.sql`select * from public.calls where id = ${callId}`
  if (!row) throw new Error('There is no such call.')
  return row
}
