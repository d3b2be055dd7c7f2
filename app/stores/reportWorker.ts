import { answerQuestions } from './askWorker'
import type { ReportFileRequest } from './reportExport'
import { reportPdf } from '~~/business/services/reports/reportPdf.ts'
import { reportWorkbook } from '~~/business/services/reports/reportWorkbook.ts'

/** The other end of reportExport. */
answerQuestions(async ({ format, document }: ReportFileRequest): Promise<Blob> => {
  if (format === 'xlsx') return reportWorkbook(document)
  return new Blob([await reportPdf(document) as Uint8Array<ArrayBuffer>], { type: 'application/pdf' })
})
