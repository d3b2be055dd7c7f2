/** The way of a call in the database, with a dial that costs nothing: what the functions ask for, in their order. */
import type { Sql } from 'postgres'
import { report } from '../factories/call.ts'
import { CONNECTIONS } from './server.ts'

/** Places and settles everything that is due, on as many connections as the peers get. Answers how many calls were settled. */
export async function runCalls(sql: Sql): Promise<number> {
  const counts = await Promise.all(Array.from({ length: CONNECTIONS }, () => worker(sql)))
  await settleAll(sql)
  return counts.reduce((sum, count) => sum + count, 0)
}

async function worker(sql: Sql): Promise<number> {
  let placed = 0
  for (;;) {
    const [row] = await sql`select public.claim_calls(100) as answer`
    const { call_ids: calls, more } = row?.answer as { call_ids: { call_id: string }[], more: boolean }
    for (const { call_id } of calls) await dialAndReport(sql, call_id)
    placed += calls.length
    await sql`select public.process_call_events(500)`
    if (calls.length === 0 && !more) return placed
  }
}

async function dialAndReport(sql: Sql, callId: string): Promise<void> {
  const [order] = await sql`select public.begin_dial(${callId}) as answer`
  if (!order?.answer) throw new Error('A due call was not to be dialled.')
  await sql`select public.record_dial(${callId}, ${sql.json({ kind: 'accepted', provider_call_id: callId })})`
  await sql`select public.record_call_event(${sql.json({ provider: 'vapi', ...report(callId) } as never)}, '{}')`
}

export async function settleAll(sql: Sql): Promise<void> {
  for (;;) {
    const [row] = await sql`select public.process_call_events(500) as answer`
    if ((row?.answer as { pending: number }).pending === 0) return
  }
}
