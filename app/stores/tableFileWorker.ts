import { answerQuestions } from './askWorker'
import type { WriterRequest } from './tableFileWriter'
import { openTableFile, type TableFile } from '~~/business/services/tableFile.ts'

let file: TableFile | null = null

/** The other end of tableFileWriter. */
answerQuestions(async (request: WriterRequest): Promise<Blob | null> => {
  if (request.kind === 'open') file = openTableFile(request.format)
  else if (request.kind === 'add') await file?.add(request.rows)
  else return await file?.finish(request.head) ?? null
  return null
})
