import { PDFDocument } from '@cantoo/pdf-lib'
import { expect, it } from 'vitest'
import type { Turn } from '../../../../../business/models/callRecord.ts'
import { transcriptPdf, transcriptText } from '../../../../../business/services/calls/transcriptFile.ts'

const turn = (text: string, seconds_from_start: number | null = 0): Turn => ({ role: 'contact', text, seconds_from_start, duration_seconds: null })
const about = {
  title: 'Call with Ada', account: 'Acme', facts: [['Number', '+1 202 555 0107']] as [string, string][], summary: 'She agreed.', speakerOf: () => 'Ada',
  timeOf: (seconds: number) => `0:0${seconds}`, cut: 'It goes on.', pageOf: (page: number, pages: number) => `${page}/${pages}`, made_at: '2026-11-01T00:00:00Z',
}

it('writes who said what and when, below the facts and the summary', () => {
  expect(transcriptText([turn('Hello', 1), turn('Bye', null)], about))
    .toBe('Call with Ada\r\n\r\nNumber: +1 202 555 0107\r\n\r\nShe agreed.\r\n\r\n[0:01] Ada: Hello\r\nAda: Bye\r\n')
})

it('keeps words of any script and marks of any language, and neither control characters nor turns of direction', () => {
  const text = transcriptText([turn('<b>مرحبا</b>\u202Etxt.exe\u0000\u001B[31m 你好 \uD800')], about)
  expect(text).toContain('<b>مرحبا</b>txt.exe[31m 你好 \uFFFD')
})

it('is a document whose pages are numbered, whatever was said in it', async () => {
  const pages = async (turns: Turn[]) => (await PDFDocument.load(await transcriptPdf(turns, about))).getPageCount()
  expect(await pages([turn('<script>alert(1)</script> مرحبا \u202E\u0000'), turn('')])).toBe(1)
  expect(await pages(Array.from({ length: 200 }, () => turn('A sentence of some words.')))).toBeGreaterThan(5)
})

it('ends a document before it takes minutes to make, and says so', async () => {
  const turns = Array.from({ length: 50 }, () => turn('word '.repeat(20_000)))
  const started = performance.now()
  expect((await PDFDocument.load(await transcriptPdf(turns, about))).getPageCount()).toBeLessThan(400)
  expect(performance.now() - started).toBeLessThan(60_000)
})
