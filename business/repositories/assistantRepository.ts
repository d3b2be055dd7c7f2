import type { PostgrestClient } from '@supabase/postgrest-js'
import type { Assistant, AssistantContent, AssistantDetails, SavedAssistant, Voice } from '../models/assistant.ts'
import { callRpc, unwrap, type RpcClient } from './rpc.ts'

export type AssistantRepository = ReturnType<typeof createAssistantRepository>

export function createAssistantRepository(functions: RpcClient, tables: () => Promise<PostgrestClient>) {
  return {
    /** By name, without the archived ones. */
    list: (account_id: string) => callRpc<Assistant[]>(functions, 'list_assistants', { account_id }),

    get: (assistant_id: string) => callRpc<AssistantDetails>(functions, 'get_assistant', { assistant_id }),

    /** Every save is a new version. A stale expected_version is a conflict whose details name the newest. */
    save: (account_id: string, assistant_id: string | null, content: AssistantContent, expected_version: number | null) =>
      callRpc<SavedAssistant>(functions, 'save_assistant', { account_id, assistant_id, content, expected_version }),

    /** A conflict while a campaign that is not finished uses it. */
    archive: (assistant_id: string) => callRpc<object>(functions, 'archive_assistant', { assistant_id }),

    async listVoices(): Promise<Voice[]> {
      const voices = await (await tables()).from('voices').select('id,name,language,description').order('name')
      return unwrap(voices)
    },
  }
}
