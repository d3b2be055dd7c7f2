/** Calls that a provider has accepted, made by the functions that the dispatcher uses, in one statement a batch. */
import type { ISql } from 'postgres'

/**
 * Claims what is due until so many calls are on their way, and answers their provider ids. Where only what comes after the dial is
 * measured, `isCopied` lets the functions dial one call and gives the others the same columns, which is a hundred times faster.
 */
export async function dialMany(sql: ISql, count: number, { isCopied = false } = {}): Promise<string[]> {
  const ids: string[] = []
  while (ids.length < count) {
    const rows = await sql<{ provider_call_id: string }[]>`
      with claimed as materialized (
        select (x ->> 'call_id')::uuid as call_id from jsonb_array_elements(private.claim_calls(${Math.min(100, count - ids.length)}) -> 'call_ids') x
      ) select call_id::text as provider_call_id from claimed`
    if (rows.length === 0) throw new Error(`Only ${ids.length} of ${count} calls could be claimed.`)
    const claimed = rows.map((row) => row.provider_call_id)
    await dial(sql, isCopied ? claimed.slice(0, ids.length === 0 ? 1 : 0) : claimed)
    ids.push(...claimed)
  }
  if (isCopied) await copyDial(sql, ids)
  const [{ count: dialled } = { count: 0 }] = await sql<[{ count: number }]>`
    select count(*)::int from public.calls where id = any(${ids}::uuid[]) and state = 'dialing' and accepted_at is not null`
  if (dialled !== count) throw new Error(`${dialled} of ${count} calls were dialled.`)
  return ids
}

async function dial(sql: ISql, ids: string[]): Promise<void> {
  await sql`select private.begin_dial(call_id) from unnest(${ids}::uuid[]) as calls (call_id)`
  await sql`select private.record_dial(call_id, jsonb_build_object('kind', 'accepted', 'provider_call_id', call_id)) from unnest(${ids}::uuid[]) as calls (call_id)`
}

/** What begin_dial and record_dial wrote on the first call, on all others; each with the consent of its own contact. */
async function copyDial(sql: ISql, [first = '', ...others]: string[]): Promise<void> {
  await sql`update public.calls c set state = d.state, dialled_at = d.dialled_at, local_dialled_at = d.local_dialled_at, lease_until = d.lease_until,
      rule_version = d.rule_version, dial_facts = d.dial_facts, accepted_at = d.accepted_at, provider_call_id = c.id::text,
      consent_id = (select n.id from public.consents n where n.contact_id = c.contact_id limit 1)
    from public.calls d where d.id = ${first} and c.id = any(${others}::uuid[])`
}
