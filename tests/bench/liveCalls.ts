/** Calls that a provider has accepted, made by the functions that the dispatcher uses, in one statement a batch. */
import type { ISql } from 'postgres'

/** Claims what is due until so many calls are on their way, and answers their provider ids. */
export async function dialMany(sql: ISql, count: number): Promise<string[]> {
  const ids: string[] = []
  while (ids.length < count) {
    const rows = await sql<{ provider_call_id: string }[]>`
      with claimed as materialized (
        select (x ->> 'call_id')::uuid as call_id from jsonb_array_elements(private.claim_calls(${Math.min(100, count - ids.length)}) -> 'call_ids') x
      ) select call_id::text as provider_call_id from claimed`
    if (rows.length === 0) throw new Error(`Only ${ids.length} of ${count} calls could be claimed.`)
    const claimed = rows.map((row) => row.provider_call_id)
    await sql`select private.begin_dial(call_id) from unnest(${claimed}::uuid[]) as calls (call_id)`
    await sql`select private.record_dial(call_id, jsonb_build_object('kind', 'accepted', 'provider_call_id', call_id)) from unnest(${claimed}::uuid[]) as calls (call_id)`
    ids.push(...claimed)
  }
  const [{ count: dialled } = { count: 0 }] = await sql<[{ count: number }]>`
    select count(*)::int from public.calls where id = any(${ids}::uuid[]) and state = 'dialing' and accepted_at is not null`
  if (dialled !== count) throw new Error(`${dialled} of ${count} calls were dialled.`)
  return ids
}
