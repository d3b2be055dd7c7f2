import type { ContactSelection, SelectionStep } from '../models/contact.ts'
import type { DoNotCallFilter, DoNotCallImport, ListedNumberChange, ListedNumberPage, OptOutResult } from '../models/doNotCall.ts'
import { callRpc, type RpcClient } from './rpc.ts'

export type DoNotCallRepository = ReturnType<typeof createDoNotCallRepository>

export function createDoNotCallRepository(supabase: RpcClient) {
  return {
    /** The newest first; masked where the person may not see personal values. */
    list: (filter: DoNotCallFilter, cursor: unknown, page_size = 20) =>
      callRpc<ListedNumberPage>(supabase, 'list_do_not_call', { filter, cursor, page_size }),

    /** The newest first, at most a hundred. */
    history: (account_id: string, phone: string) => callRpc<ListedNumberChange[]>(supabase, 'do_not_call_history', { account_id, phone }),

    /** Takes the number out of every queue at once. Again changes nothing. */
    add: (account_id: string, phone: string, reason: string) =>
      callRpc<OptOutResult>(supabase, 'opt_out_number', { account_id, phone, source: 'hand', reason }),

    /** At most 1,000 numbers; the refused ones are told by their place from 1. */
    import: (account_id: string, phones: string[], reason: string) =>
      callRpc<DoNotCallImport>(supabase, 'import_do_not_call', { account_id, phones, reason }),

    /** The numbers of a selection of contacts; again with next_cursor until that is null. */
    addMany: (selection: ContactSelection, reason: string, cursor: unknown) =>
      callRpc<SelectionStep & Omit<OptOutResult, 'phone'>>(supabase, 'opt_out_contacts', { selection, reason, cursor }),

    /** At most 1,000 rows a page, whole, the newest first; owners and admins only. The first page is logged. */
    exportPage: (account_id: string, cursor: unknown, page_size = 1000) =>
      callRpc<Pick<ListedNumberPage, 'rows' | 'next_cursor'>>(supabase, 'export_do_not_call', { account_id, cursor, page_size }),

    /** Owners and admins only, with a reason; opens nothing again by itself. */
    remove: (account_id: string, phone: string, reason: string) =>
      callRpc<{ phone: string }>(supabase, 'remove_opt_out', { account_id, phone, reason }),
  }
}
