import { z } from 'zod'
import { askedEndSchema } from '../models/callEnd.ts'
import { placedCallSchema, type NumberCheckWish, type TestCallWish } from '../models/testCall.ts'
import { callRpc, type RpcClient } from './rpc.ts'

export type AskedCallRepository = ReturnType<typeof createAskedCallRepository>

const versionSchema = z.object({ assistant_version_id: z.string() })

/** Calls that a person asks for right now, asked for in their own name: the database decides whether they may have them. */
export function createAskedCallRepository(supabase: RpcClient) {
  return {
    /** The version that the test is made with; a draft is kept as one. */
    keepVersion: ({ assistant_id, uses_draft }: Pick<TestCallWish, 'assistant_id' | 'uses_draft'>) =>
      callRpc(supabase, 'keep_test_version', { assistant_id, uses_draft }, versionSchema),

    requestTestCall: (assistant_version_id: string, { phone, campaign_id }: TestCallWish) =>
      callRpc(supabase, 'request_test_call', { assistant_version_id, phone, campaign_id }, placedCallSchema),

    /** Written down once, with who asked, if they may. */
    askEnd: (call_id: string) => callRpc(supabase, 'ask_call_end', { call_id }, askedEndSchema),

    requestNumberCheck: ({ account_id, phone }: NumberCheckWish) => callRpc(supabase, 'request_number_check', { account_id, phone }, placedCallSchema),
  }
}
