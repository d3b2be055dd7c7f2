import type { ImportRow, SentRefusal } from '../models/contactFile.ts'
import type { ChangedImport, ChunkAnswer, CheckedChunk, Import, ImportPage, NewImport, OpenedImport, RefusedPage, UndoneChunk } from '../models/import.ts'
import { callRpc, type RpcClient } from './rpc.ts'

export type ImportRepository = ReturnType<typeof createImportRepository>

export function createImportRepository(supabase: RpcClient) {
  return {
    /** Opens an import for a file; same_file tells of an earlier one. Each call opens one. */
    create: (account_id: string, { file_name, file_hash, file_bytes, default_time_zone, row_count, consent, mapping, options }: NewImport) =>
      callRpc<OpenedImport>(supabase, 'create_import', {
        account_id, file_name, file_hash, file_bytes, default_time_zone, row_count, consent, mapping, options }),

    /** Other choices; a conflict once rows went in. What is left out stays as it is. */
    change: (import_id: string, content: ChangedImport) => callRpc<{ import_id: string }>(supabase, 'change_import', { import_id, content }),

    /** What importChunk would do with at most 1,000 rows now. Writes nothing, so that chunks can be tried side by side. */
    checkChunk: (import_id: string, rows: ImportRow[]) => callRpc<CheckedChunk>(supabase, 'check_import_rows', { import_id, rows }),

    /** At most 1,000 rows. The same chunk again answers what it answered before and changes nothing. */
    importChunk: (import_id: string, chunk: number, rows: (ImportRow | SentRefusal)[]) =>
      callRpc<ChunkAnswer>(supabase, 'import_contacts', { import_id, chunk, rows }),

    finish: (import_id: string) => callRpc<{ status: Import['status'] }>(supabase, 'finish_import', { import_id }),

    /** What went in stays; a further chunk sets it going again. */
    fail: (import_id: string, reason: string) => callRpc<{ status: Import['status'] }>(supabase, 'fail_import', { import_id, reason }),

    /** The newest first. */
    list: (account_id: string, cursor: unknown, page_size = 20) => callRpc<ImportPage>(supabase, 'list_imports', { account_id, cursor, page_size }),

    get: (import_id: string) => callRpc<Import>(supabase, 'get_import', { import_id }),

    /** In the order of the file, those of up to ten chunks at a time. */
    listRefused: (import_id: string, cursor: unknown) => callRpc<RefusedPage>(supabase, 'list_refused_rows', { import_id, cursor }),

    /** Of up to ten thousand contacts of the import, what its undo would take back and leave; again with next_cursor until that is null. */
    previewUndo: (import_id: string, cursor: unknown) => callRpc<UndoneChunk>(supabase, 'preview_undo', { import_id, cursor }),

    /** Takes back up to a thousand contacts that nobody has touched since; again with next_cursor until that is null. */
    undo: (import_id: string, cursor: unknown) => callRpc<UndoneChunk>(supabase, 'undo_import', { import_id, cursor }),
  }
}
