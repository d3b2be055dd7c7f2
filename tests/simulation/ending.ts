/** When a world is over, what must hold then, and which rows of the failure model can be read in what they left behind. */
import { ENDS } from '../support/ends.ts'
import type { SimulatedDatabase } from './database.ts'
import type { World } from './processes.ts'

export async function isAllDone(database: SimulatedDatabase): Promise<boolean> {
  const [row] = await database.query<{ done: boolean }>(`select not exists (select from public.calls where settled_at is null)
    and not exists (select from engine.campaigns h join public.campaigns k on k.id = h.campaign_id where h.unfinished_count > 0 and k.status not in ('draft', 'scheduled'))
    and not exists (select from engine.outbox where done_at is null and quarantined_at is null)
    and not exists (select from engine.provider_events where processed_at is null and quarantined_at is null) as done`)
  return row!.done
}

/** Besides what both rooms ask: campaigns are stopped here and left alone. */
const ownEnds: Readonly<Record<string, string>> = {
  'a stopped campaign keeps somebody waiting': `select h.campaign_id from engine.campaigns h join public.campaigns k on k.id = h.campaign_id where k.status in ('stopped', 'archived') and h.unfinished_count > 0`,
}

export async function judgeTheEnd({ database, carrier, everyPromise, complain }: World): Promise<void> {
  await everyPromise()
  for (const [name, query] of Object.entries({ ...ENDS, ...ownEnds })) {
    const rows = await database.query(query)
    if (rows.length > 0) complain(`${name}: ${JSON.stringify(rows.slice(0, 3))}`)
  }
  const known = await database.query<{ attempt_id: string, settled: boolean, talk_seconds: number }>('select attempt_id, settled_at is not null as settled, talk_seconds from public.calls where dialled_at is not null')
  const attempts = new Set(known.map(({ attempt_id }) => attempt_id))
  for (const call of carrier.calls) if (!attempts.has(call.attemptId)) complain(`the provider dialled ${call.attemptId}, of which nothing is known here`)
}

/** Rows of the failure model that show in what they left behind. */
const traces: Readonly<Record<string, string>> = {
  'an unknown dial was adopted': `select from engine.repairs where kind = 'adopted'`,
  'a report was asked for': `select from engine.repairs where kind = 'settled_by_asking'`,
  'an unknown dial was never placed': `select from engine.repairs where kind = 'not_placed'`,
  'a lease ran out before the dial': `select from engine.repairs where kind = 'never_dialled'`,
  'a void gave a sign of life': `select from engine.repairs where kind = 'found_late'`,
  'the use of a void was posted': `select from engine.repairs where kind = 'late_settled'`,
  'an uncounted void': `select from public.calls where state = 'voided' and not is_counted`,
  'a retry': `select from public.calls where attempt_no > 1`,
  'more was talked than reserved': `select from public.calls where overrun_seconds > 0`,
  'a balance below zero by a refund': `select from public.ledger_entries where balance_after < 0`,
  'an opt-out in a conversation': `select from public.do_not_call where source = 'tool_call'`,
  'an opt-out by an analysis': `select from public.do_not_call where source = 'analysis'`,
  'a callback by a conversation': `select from public.callbacks where source <> 'hand'`,
  'a recording was stored': `select from public.calls where recording_state = 'stored'`,
  'a recording was lost': `select from public.calls where recording_state = 'failed'`,
  'an event before its call was known': `select from engine.provider_events where error = 'no call of ours'`,
  ...Object.fromEntries(['no_consent', 'attempts', 'wish', 'frequency_cap', 'minimum_gap', 'in_other_call', 'switched_off', 'window_closed', 'day_over', 'line_held']
    .map((reason) => [`denied: ${reason}`, `select from public.dial_denials where reason = '${reason}'`])),
  ...Object.fromEntries(['failure_rate', 'opt_out_rate', 'assistant', 'budget', 'ended', 'not_launched', 'no_minutes']
    .map((kind) => [`paused or told: ${kind}`, `select from public.notices where kind = '${kind}'`])),
}

/** As noteWhatWasMet notes them. */
export const traceNames: readonly string[] = Object.keys(traces).map((name) => `seen: ${name}`)

export async function noteWhatWasMet({ database, faults }: World): Promise<void> {
  const question = Object.entries(traces).map(([name, query]) => `select '${name}' as name where exists (${query})`).join(' union all ')
  for (const { name } of await database.query<{ name: string }>(question)) faults.met(`seen: ${name}`)
}
