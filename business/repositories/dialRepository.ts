import { z } from 'zod'
import { callsToCheckSchema, type CallCheck, type CallEvent, type LiveLine } from '../models/callEvent.ts'
import { callStateSchema } from '../models/call.ts'
import { callToEndSchema } from '../models/callEnd.ts'
import { claimSchema, dialOrderSchema, type DialResult } from '../models/dial.ts'
import { storableJson } from '../models/storableJson.ts'
import { callRpc, type RpcClient } from './rpc.ts'

export type DialRepository = ReturnType<typeof createDialRepository>

const stateSchema = z.object({ state: callStateSchema })
const isNewSchema = z.object({ is_new: z.boolean() })
const toolAnswersSchema = isNewSchema.extend({
  results: z.array(z.union([z.object({ id: z.string(), result: z.string() }), z.object({ id: z.string(), error: z.string() })])),
})
const progressSchema = z.object({ processed: z.number(), pending: z.number(), unsent_ms: z.number().nullable() })

/** The engine as the edge functions see it. Every decision is the database's; these are its commands. */
export function createDialRepository(supabase: RpcClient) {
  return {
    claim: (limit: number) => callRpc(supabase, 'claim_calls', { batch_size: limit }, claimSchema),

    /** null: do not dial. Commits that the phone may ring, so it is called once per claimed call and never retried. */
    begin: (call_id: string) => callRpc(supabase, 'begin_dial', { call_id }, dialOrderSchema.nullable()),

    /** May be repeated until it succeeds: the same result again changes nothing. */
    record: (call_id: string, result: DialResult) =>
      callRpc(supabase, 'record_dial', { call_id, result: storableJson(result) }, stateSchema),

    /** Stores the fact and nothing else; what arrived is kept beside it. connection_id: by whose address it came; null is the installation's. */
    recordEvent: (event: CallEvent, body: unknown, connection_id: string | null = null) =>
      callRpc(supabase, 'record_call_event', { event: storableJson({ ...event, connection_id }), body: storableJson(wrapped(body)) }, isNewSchema),

    /** Stores the message like any event and does what it asks before it answers. Again answers the same. */
    answerTools: (event: CallEvent, body: unknown, connection_id: string | null = null) =>
      callRpc(supabase, 'answer_tool_calls', { event: storableJson({ ...event, connection_id }), body: storableJson(wrapped(body)) }, toolAnswersSchema),

    processEvents: (limit: number) => callRpc(supabase, 'process_call_events', { batch_size: limit }, progressSchema),

    relayLine: (line: LiveLine, connection_id: string | null = null) => callRpc(supabase, 'relay_transcript', { event: storableJson({ ...line, connection_id }) }),

    /** Where a call runs that this person has just asked to end; not found for everybody else. */
    findToEnd: (call_id: string, user_id: string) => callRpc(supabase, 'call_to_end', { call_id, user_id }, callToEndSchema),

    recordEnd: (call_id: string, answer: 'hung_up' | 'over' | 'not_yet' | 'failed') => callRpc(supabase, 'record_call_end', { call_id, answer }),

    listToCheck: async (limit: number) => (await callRpc(supabase, 'calls_to_check', { batch_size: limit }, callsToCheckSchema)).calls,

    recordCheck: (call_id: string, facts: CallCheck) =>
      callRpc(supabase, 'record_call_check', { call_id, facts: storableJson(facts) }, stateSchema),
  }
}

/** An argument of null would read as "no argument", and text or a list as something else than a body. */
function wrapped(body: unknown): object {
  return typeof body === 'object' && body !== null && !Array.isArray(body) ? body : { raw: body }
}
