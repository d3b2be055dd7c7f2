import type { StorageClient } from '@supabase/storage-js'
import { AppError } from '../models/appError.ts'
import type { Disposition } from '../models/call.ts'
import type { CallDetails, CallFilter, CallJudge, CallPage, CallView } from '../models/callRecord.ts'
import type { DialProof } from '../models/dialProof.ts'
import type { ChosenDisposition } from '../models/disposition.ts'
import { callRpc, type RpcClient } from './rpc.ts'

export type CallRepository = ReturnType<typeof createCallRepository>

const signedForSeconds = 300

export function createCallRepository(supabase: RpcClient, storage: () => Promise<StorageClient>) {
  async function signRecording(path: string): Promise<string> {
    const { data, error } = await (await storage()).from('recordings').createSignedUrl(path, signedForSeconds)
    if (error) throw new AppError('unavailable', 'The recording cannot be played now.', error.message)
    return data.signedUrl
  }

  return {
    /** The newest first. */
    list: (filter: CallFilter, cursor: unknown, page_size = 20) => callRpc<CallPage>(supabase, 'list_calls', { filter, cursor, page_size }),

    /** How many a filter fits, exactly: for a page that left its total open. May take a second at a million. */
    count: (filter: CallFilter) => callRpc<{ total_count: number }>(supabase, 'count_calls', { filter }),

    /** At most 1,000 rows a page, with what the person sees of them. The first page is logged. */
    exportPage: (filter: CallFilter, cursor: unknown, page_size = 1000) =>
      callRpc<Omit<CallPage, 'total_count'>>(supabase, 'export_calls', { filter, cursor, page_size }),

    /** One's own, by name. */
    listViews: (account_id: string) => callRpc<CallView[]>(supabase, 'list_call_views', { account_id }),
    /** One of the same name is replaced. */
    saveView: (account_id: string, name: string, query: string) => callRpc<{ view_id: string }>(supabase, 'save_call_view', { account_id, name, query }),
    deleteView: (view_id: string) => callRpc<object>(supabase, 'delete_call_view', { view_id }),

    get: (call_id: string) => callRpc<CallDetails>(supabase, 'get_call', { call_id }),

    /** Who gave calls of the account their dispositions, by name; null is somebody of whom no name is left. */
    listJudges: (account_id: string) => callRpc<CallJudge[]>(supabase, 'list_call_judges', { account_id }),

    /** do_not_call lists the number at once; nothing set later takes it off. */
    setDisposition: (call_id: string, chosen: ChosenDisposition) =>
      callRpc<{ disposition: Disposition, is_listed: boolean }>(supabase, 'set_disposition', {
        call_id, disposition: chosen.disposition ?? null, own_disposition_id: chosen.own_disposition_id ?? null }),

    /** Why a number was and was not called, the oldest decision first. Times are ISO; the end is not included. */
    prove: (account_id: string, phone: string, from_at: string, to_at: string) =>
      callRpc<DialProof>(supabase, 'dial_proof', { account_id, phone, from_at, to_at }),

    /** Has the lines of a running call relayed to the answered topic for a minute; asked again it goes on. */
    watch: (call_id: string) => callRpc<{ topic: string, expires_at: string }>(supabase, 'watch_call', { call_id }),

    /** An address that plays the recording for five minutes. */
    signRecording,

    /** The recording itself, to be put into a file. */
    async fetchRecording(path: string, signal: AbortSignal): Promise<Blob> {
      const answer = await fetch(await signRecording(path), { signal })
      if (!answer.ok) throw new AppError('unavailable', `The storage answered HTTP ${answer.status}`)
      return answer.blob()
    },
  }
}
