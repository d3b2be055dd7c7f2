import type { ContactSelection, SelectionStep } from '../models/contact.ts'
import type { ContactList, ContactListContent, Tag } from '../models/contactGroup.ts'
import { callRpc, type RpcClient } from './rpc.ts'

export type ContactGroupRepository = ReturnType<typeof createContactGroupRepository>

/** Lists and tags. What is done to a selection is repeated with next_cursor until that is null; again it changes nothing. */
export function createContactGroupRepository(supabase: RpcClient) {
  return {
    /** By name. */
    listTags: (account_id: string) => callRpc<Tag[]>(supabase, 'list_tags', { account_id }),

    /** Creates without an id; the name of a tag that is there answers that tag, and is a conflict when one is renamed. */
    saveTag: (account_id: string, tag_id: string | null, name: string) =>
      callRpc<{ tag_id: string, created: boolean }>(supabase, 'save_tag', { account_id, tag_id, name }),

    deleteTag: (tag_id: string) => callRpc<object>(supabase, 'delete_tag', { tag_id }),

    tag: (selection: ContactSelection, add_tag_ids: string[], remove_tag_ids: string[], cursor: unknown) =>
      callRpc<SelectionStep & { added: number, removed: number }>(supabase, 'tag_contacts', { selection, add_tag_ids, remove_tag_ids, cursor }),

    /** By name. */
    list: (account_id: string) => callRpc<ContactList[]>(supabase, 'list_contact_lists', { account_id }),

    /** Creates without an id. A name that is there is a conflict. */
    save: (account_id: string, list_id: string | null, content: ContactListContent) =>
      callRpc<{ list_id: string, created: boolean }>(supabase, 'save_contact_list', { account_id, list_id, content }),

    /** Its contacts stay. A conflict while an audience is made of it. */
    delete: (list_id: string) => callRpc<object>(supabase, 'delete_contact_list', { list_id }),

    add: (list_id: string, selection: ContactSelection, cursor: unknown) =>
      callRpc<SelectionStep & { changed: number }>(supabase, 'set_list_members', { list_id, selection, is_member: true, cursor }),

    remove: (list_id: string, selection: ContactSelection, cursor: unknown) =>
      callRpc<SelectionStep & { changed: number }>(supabase, 'set_list_members', { list_id, selection, is_member: false, cursor }),
  }
}
