import type { Assistant, AssistantContent, AssistantDetails, SavedAssistant, Voice } from '../models/assistant.ts'
import { callRpc, unwrap, type RpcClient } from './rpc.ts'

export type AssistantRepository = ReturnType<typeof createAssistantRepository>

/** Plain reads of a table; postgrest-js has it. */
interface TableClient extends RpcClient {
  from: (table: string) => {
    select: (columns: string) => { order: (column: string) => PromiseLike<Parameters<typeof unwrap<Voice[]>>[0]> }
  }
}

export function createAssistantRepository(supabase: TableClient) {
  return {
    /** By name, without the archived ones. */
    list: (account_id: string) => callRpc<Assistant[]>(supabase, 'list_assistants', { account_id }),

    get: (assistant_id: string) => callRpc<AssistantDetails>(supabase, 'get_assistant', { assistant_id }),

    /** Every save is a new version. A stale expected_version is a conflict whose details name the newest. */
    save: (account_id: string, assistant_id: string | null, content: AssistantContent, expected_version: number | null) =>
      callRpc<SavedAssistant>(supabase, 'save_assistant', { account_id, assistant_id, content, expected_version }),

    /** A conflict while a campaign that is not finished uses it. */
    archive: (assistant_id: string) => callRpc<object>(supabase, 'archive_assistant', { assistant_id }),

    async listVoices(): Promise<Voice[]> {
      return unwrap(await supabase.from('voices').select('id,name,language,description').order('name'))
    },
  }
}
