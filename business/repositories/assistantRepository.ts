import type { PostgrestClient } from '@supabase/postgrest-js'
import type { Assistant, AssistantContent, AssistantDetails, AssistantModel, AssistantPage, AssistantStatus, AssistantVersion, PublishedAssistant, SavedDraft, Voice } from '../models/assistant.ts'
import type { AssistantTemplate } from '../models/assistantTemplate.ts'
import { callRpc, unwrap, type RpcClient } from './rpc.ts'

export type AssistantRepository = ReturnType<typeof createAssistantRepository>

export interface AssistantFilter {
  account_id: string
  text?: string
  /** Archived ones only come when they are asked for. */
  status?: AssistantStatus | null
}

export function createAssistantRepository(functions: RpcClient, tables: () => Promise<PostgrestClient>) {
  return {
    /** By name, those that can be called with: without drafts and archived ones. */
    list: (account_id: string) => callRpc<Assistant[]>(functions, 'list_assistants', { account_id }),

    search: (filter: AssistantFilter, cursor: unknown) => callRpc<AssistantPage>(functions, 'search_assistants', { filter, cursor }),

    get: (assistant_id: string) => callRpc<AssistantDetails>(functions, 'get_assistant', { assistant_id }),

    /** Begins with a draft, from a template or empty. */
    create: (account_id: string, template_id: string | null) =>
      callRpc<{ assistant_id: string }>(functions, 'create_assistant', { account_id, template_id }),

    duplicate: (assistant_id: string) => callRpc<{ assistant_id: string }>(functions, 'duplicate_assistant', { assistant_id }),

    /** A stale expected_revision is a conflict whose details {revision, by_name} say who was faster. So it is for the next three. */
    saveDraft: (assistant_id: string, content: AssistantContent, expected_revision: number) =>
      callRpc<SavedDraft>(functions, 'save_assistant_draft', { assistant_id, content, expected_revision }),

    publish: (assistant_id: string, expected_revision: number, note: string) =>
      callRpc<PublishedAssistant>(functions, 'publish_assistant', { assistant_id, expected_revision, note }),

    /** null: the newest version, which throws the draft away. */
    restore: (assistant_id: string, version: number | null, expected_revision: number) =>
      callRpc<SavedDraft>(functions, 'restore_assistant_version', { assistant_id, version, expected_revision }),

    /** Publishes a content at once, for programs, which write no drafts. A stale expected_version is a conflict. */
    save: (account_id: string, assistant_id: string | null, content: Partial<AssistantContent>, expected_version: number | null) =>
      callRpc<Omit<PublishedAssistant, 'revision'>>(functions, 'save_assistant', { account_id, assistant_id, content, expected_version }),

    listVersions: (assistant_id: string) => callRpc<AssistantVersion[]>(functions, 'list_assistant_versions', { assistant_id }),

    getVersion: (assistant_id: string, version: number) => callRpc<AssistantContent>(functions, 'get_assistant_version', { assistant_id, version }),

    /** A conflict, with their names, while campaigns that are not finished use it. */
    archive: (assistant_id: string) => callRpc<object>(functions, 'archive_assistant', { assistant_id }),

    unarchive: (assistant_id: string) => callRpc<object>(functions, 'unarchive_assistant', { assistant_id }),

    async listVoices(): Promise<Voice[]> {
      const voices = await (await tables()).from('voices').select('id,name,provider,provider_ref,language,description').order('language').order('name')
      return unwrap(voices)
    },

    async listModels(): Promise<AssistantModel[]> {
      const models = await (await tables()).from('assistant_models').select('id,name,description').order('position')
      return unwrap(models)
    },

    async listTemplates(): Promise<AssistantTemplate[]> {
      const templates = await (await tables()).from('assistant_templates').select('id,kind,language,content').order('position').order('language')
      return unwrap(templates)
    },
  }
}
