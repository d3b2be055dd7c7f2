import { Claims, judgeAgain, judgeFile, type JudgedChunk } from '~~/business/services/contacts/judgeFile.ts'
import { readContactFile, type OpenFile } from '~~/business/services/contacts/readContactFile.ts'
import type { ReaderAnswers, ReaderRequest } from './contactFileReader'

let open: OpenFile | null = null
let claims = new Claims()
let chunks: AsyncGenerator<JudgedChunk> | null = null

/** The other end of contactFileReader. Each question brings the port its answer goes to. */
addEventListener('message', async ({ data, ports }: MessageEvent<ReaderRequest>) => {
  try {
    ports[0]?.postMessage({ value: await answer(data) })
  } catch (error) {
    // A file that was moved or changed meanwhile cannot be read any more; the page says so.
    ports[0]?.postMessage({ error: String(error) })
  }
})

async function answer(request: ReaderRequest): Promise<ReaderAnswers[ReaderRequest['kind']]> {
  if (request.kind === 'open') {
    const opened = await readContactFile(request.file, request.wish)
    open = 'fault' in opened ? null : opened
    return 'fault' in opened ? opened : opened.facts
  }
  if (request.kind === 'again') return judgeAgain(request.rows, request.plan, claims)
  if (request.kind === 'next') return (await chunks?.next())?.value ?? null
  claims = new Claims()
  chunks = open ? judgeFile(open.rows(), request.plan, claims) : null
  return null
}
