import type { ConsentContent, RecordedConsents } from '../models/consent.ts'
import type { Contact, ContactContent, ContactDetails, ContactFilter, ContactPage, ContactSelection, ContactTimeline } from '../models/contact.ts'
import { callRpc, type RpcClient } from './rpc.ts'

export type ContactRepository = ReturnType<typeof createContactRepository>

export function createContactRepository(supabase: RpcClient) {
  return {
    /** The newest first; masked where the person may not see personal values. */
    search: (filter: ContactFilter, cursor: unknown, page_size = 20) =>
      callRpc<ContactPage>(supabase, 'search_contacts', { filter, cursor, page_size }),

    /** How many a filter fits, exactly: for a page that left its total open. May take seconds at a million. */
    count: (filter: ContactFilter) => callRpc<{ total_count: number }>(supabase, 'count_contacts', { filter }),

    /** At most 1,000 rows a page, with every attribute; owners and admins only. The first page is logged. */
    exportPage: (selection: ContactSelection, cursor: unknown, page_size = 1000) =>
      callRpc<Omit<ContactPage, 'total_count'>>(supabase, 'export_contacts', { selection, cursor, page_size }),

    get: (contact_id: string) => callRpc<ContactDetails>(supabase, 'get_contact', { contact_id }),

    /** Creates without an id. A number that is in the account already is a conflict whose details name the contact. */
    save: (account_id: string, contact_id: Contact['id'] | null, content: Partial<ContactContent>) =>
      callRpc<{ contact_id: string, created: boolean }>(supabase, 'save_contact', { account_id, contact_id, content }),

    /** Attempts, notes, consents, the do-not-call list, campaigns and changes, the newest first. */
    timeline: (contact_id: string, cursor: unknown, page_size = 20) => callRpc<ContactTimeline>(supabase, 'contact_timeline', { contact_id, cursor, page_size }),

    addNote: (contact_id: string, body: string) => callRpc<{ note_id: string }>(supabase, 'add_contact_note', { contact_id, body }),

    /** One's own, or anybody's for who may edit contacts. */
    deleteNote: (note_id: string) => callRpc<object>(supabase, 'delete_contact_note', { note_id }),

    /** Answers a new contact, which goes on with lists, tags, consent and campaigns; the old one is closed. */
    correctNumber: (contact_id: string, phone: string) => callRpc<{ contact_id: string }>(supabase, 'correct_number', { contact_id, phone }),

    /** A conflict once the contact was called. */
    delete: (contact_id: string) => callRpc<object>(supabase, 'delete_contact', { contact_id }),

    /** Everything personal goes, for ever; refused (conflict, reason calling) during a call. Owners and admins only. Again changes nothing. */
    erase: (contact_id: string) => callRpc<{ contact_id: string, erased_at: string }>(supabase, 'erase_contact', { contact_id }),

    /** Of a selection those who were never called; the others are counted as refused. Again with next_cursor until that is null. */
    deleteMany: (selection: ContactSelection, cursor: unknown) =>
      callRpc<{ deleted: number, refused: number, next_cursor: unknown }>(supabase, 'delete_contacts', { selection, cursor }),

    /** The same agreement of at most 1,000 contacts. Who was blocked for want of it waits again. */
    recordConsents: (account_id: string, contact_ids: string[], consent: ConsentContent) =>
      callRpc<RecordedConsents>(supabase, 'record_consents', { account_id, contact_ids, consent }),

    /** Whoever waits in a campaign that needs this record waits no more. Again changes nothing. */
    revokeConsent: (consent_id: string, reason: string) => callRpc<{ consent_id: string, revoked_at: string }>(supabase, 'revoke_consent', { consent_id, reason }),
  }
}
