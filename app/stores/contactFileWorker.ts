import { answerQuestions } from './askWorker'
import type { ReaderAnswers, ReaderRequest } from './contactFileReader'
import { Claims, judgeAgain, judgeFile, type JudgedChunk } from '~~/business/services/contacts/judgeFile.ts'
import { readContactFile, type OpenFile } from '~~/business/services/contacts/readContactFile.ts'
import { readNumberFile } from '~~/business/services/contacts/readNumberFile.ts'

let open: OpenFile | null = null
let claims = new Claims()
let chunks: AsyncGenerator<JudgedChunk> | null = null

/** The other end of contactFileReader. */
answerQuestions(async (request: ReaderRequest): Promise<ReaderAnswers[ReaderRequest['kind']]> => {
  if (request.kind === 'open') {
    const opened = await readContactFile(request.file, request.wish)
    open = 'fault' in opened ? null : opened
    return 'fault' in opened ? opened : opened.facts
  }
  if (request.kind === 'numbers') return readNumberFile(request.file, request.country)
  if (request.kind === 'again') return judgeAgain(request.rows, request.plan, claims)
  if (request.kind === 'next') return (await chunks?.next())?.value ?? null
  claims = new Claims()
  chunks = open ? judgeFile(open.rows(), request.plan, claims) : null
  return null
})
