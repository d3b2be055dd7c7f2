import type { FileRow } from '~~/business/models/import.ts'
import { checkRows } from '~~/business/services/contacts/checkRows.ts'
import { mapColumns } from '~~/business/services/contacts/mapColumns.ts'
import { parseContactFile } from '~~/business/services/contacts/parseContactFile.ts'
import type { ReaderAnswer, ReaderRequest } from './contactFileReader'

let rows: FileRow[] = []

/** The other end of contactFileReader. Each question brings the port its answer goes to. */
addEventListener('message', ({ data, ports }: MessageEvent<ReaderRequest>) => {
  ports[0]?.postMessage(data.kind === 'read' ? read(data.bytes) : { checked: checkRows(rows, data.options) })
})

function read(bytes: ArrayBuffer): ReaderAnswer {
  const parsed = parseContactFile(new Uint8Array(bytes))
  rows = 'file' in parsed ? parsed.file.rows : []
  return { parsed, uses: 'file' in parsed ? mapColumns(parsed.file) : [] }
}
