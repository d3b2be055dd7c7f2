import { expect, it } from 'vitest'
import type { Report } from '../../../../../business/models/report.ts'
import { reportSections, type ReportDocument, type ReportWords } from '../../../../../business/services/reports/reportDocument.ts'
import { reportPdf } from '../../../../../business/services/reports/reportPdf.ts'
import { reportWorkbook } from '../../../../../business/services/reports/reportWorkbook.ts'
import { readZip } from '../../../../../business/services/zip.ts'
import { pagesOf } from '../../../../support/pdfText.ts'

const figures = {
  calls_count: 1204, answered_count: 400, positive_count: 30, neutral_count: 20, negative_count: 10, talk_seconds: 36_000, billed_seconds: 40_000,
  price_micros: 266_666_667,
}
const named = (name: string) => ({ ...figures, id: name, name })
const report: Report = {
  first_day: '2026-11-01', unit: 'day', figures, before: { ...figures, calls_count: 1000 }, outcomes: { no_answer: 804, answered: 400 }, currency: 'usd',
  tests: { calls_count: 2, billed_seconds: 120, price_micros: 800_000 },
  spans: [{ from_day: '2026-11-21', until_day: '2026-11-21', hour: null, calls_count: 1204, answered_count: 400 }],
  campaigns: Array.from({ length: 60 }, (_, index) => named(index === 0 ? '=HYPERLINK("http://x")' : `Campaign ${index}`)), campaigns_count: 60, assistants: [named('Ava')],
  week: [{ weekday: 1, hour: 9, calls_count: 1204, answered_count: 400, positive_count: 30 }],
  weeks: [{ from_day: '2026-11-16', until_day: '2026-11-22', calls_count: 1204, positive_count: 30, neutral_count: 20, negative_count: 10 }],
  people: [{ id: 'p', name: null, calls_count: 3, positive_count: 1, callbacks_count: 2 }],
}
const words: ReportWords = {
  say: (key, facts) => (facts ? `${key} ${Object.values(facts).join(' ')}` : key), outcomeOf: (outcome) => outcome, dayOfWeek: String, spanOf: ({ from_day }) => from_day,
  weekOf: (from) => from, number: String, duration: (seconds) => `${seconds} s`, average: (seconds) => (seconds === null ? '–' : `${seconds} s`),
  percent: (share) => (share === null ? '–' : `${Math.round(share * 100)}%`), money: (micros) => `$${((micros ?? 0) / 1_000_000).toFixed(2)}`,
}
const lists = [{ id: 'l', name: 'Fair', figures }, { id: 'm', name: 'Everybody', figures: null }]
const documentOf = (of: Report): ReportDocument => ({
  title: 'Reports', author: 'Łódź & Sons', made_at: '2026-11-22T10:00:00Z', facts: [['Days', 'Nov 21 (UTC)']], sections: reportSections({ report: of, lists }, words), pageText: 'Page {page} of {pages}',
})

async function sheetsOf(document: ReportDocument): Promise<Record<string, string[]>> {
  const parts = await readZip(await reportWorkbook(document))
  const textOf = (name: string) => new Response(parts.get(name)!()).text()
  const names = [...(await textOf('xl/workbook.xml')).matchAll(/sheet name="([^"]*)"/g)].map(([, name]) => name!)
  const rowsOf = (sheet: string) => [...sheet.matchAll(/<row>(.*?)<\/row>/gs)].map(([, row]) => row!.replace(/<\/c>(?=<c)/g, '|').replace(/<[^>]+>/g, ''))
  return Object.fromEntries(await Promise.all(names.map(async (name, index) => [name, rowsOf(await textOf(`xl/worksheets/sheet${index + 1}.xml`))] as const)))
}

it('says in its sheets each number as a number, and runs no name as a formula', async () => {
  const sheets = await sheetsOf(documentOf(report))
  expect(Object.keys(sheets)).toEqual([
    'Reports', 'export.overview', 'export.over_time', 'export.outcomes', 'weeks.title', 'export.week', 'costs.title', 'by.campaign', 'by.assistant', 'by.list', 'people.title'])
  expect(sheets.Reports).toEqual(['Days|Nov 21 (UTC)'])
  expect(sheets['export.overview']).toContain('figures.calls|1204|1000')
  expect(sheets['export.overview']).toContain('figures.spend|266.666667|266.666667')
  expect(sheets['export.outcomes']![1]).toBe(`no_answer|804|${804 / 1204}`)
  expect(sheets['costs.title']!.at(-1)).toBe('costs.total|1206|40120|267.466667')
  expect(sheets['by.campaign']![0]).toBe('by.campaign_name|columns.calls|columns.rate|columns.positive|export.seconds columns.average|export.seconds columns.minutes|columns.spend (USD)|columns.cost (USD)')
  expect(sheets['by.campaign']![1]).toMatch(/^'=HYPERLINK/)
  expect(sheets['export.week']).toEqual(['export.weekday|export.hour|columns.calls|columns.rate|figures.rate', `1|9|1204|400|${400 / 1204}`])
  expect(sheets['by.list']!.at(-1), 'what is not counted says so').toBe('Everybody|by.too_many')
  expect(sheets['people.title']![1]).toBe('people.gone|3|1|2')
})

it('says the same on paper, with its head on every page, and what it is about at every foot', async () => {
  const pages = await pagesOf(await reportPdf(documentOf(report)))
  expect(pages.length).toBeGreaterThan(2)
  for (const text of ['Łódź & Sons', 'Nov 21 (UTC)', '1204', '$266.67', 'costs.total', 'Campaign 59', 'by.too_many']) expect(pages.join(''), text).toContain(text)
  expect(pages[1]).toContain('by.campaign_name')
  expect(pages.at(-1)).toContain(`Page ${pages.length} of ${pages.length}`)
})

it('shows on paper when people answer, with the number in each box and what its darkness means', async () => {
  const answered = (weekday: number, hour: number) => ({ weekday, hour, calls_count: 40, answered_count: (weekday - 1) * 10 + hour, positive_count: 0 })
  const week = [1, 2].flatMap((weekday) => [8, 9, 11].map((hour) => answered(weekday, hour)))
  const pages = (await pagesOf(await reportPdf(documentOf({ ...report, campaigns: [], week })))).join('')
  expect(pages).toContain('export.week_hint')
  expect(pages, 'the hours between the first and the last').toContain('89101112023–28')
  expect(pages, 'nobody was called on the other days').toContain('24548–533––––')
  expect(pages).toContain('export.week_legend0–15%15–30%30–45%45–60%60–75%')
})

it('has no prices for whoever may not see them, and no table that is empty', async () => {
  const free = { ...figures, price_micros: null }
  const bare: Report = { ...report, currency: null, figures: free, before: null, tests: null, campaigns: [], assistants: [{ ...free, id: 'a', name: 'Ava' }], people: [], spans: [], week: [], weeks: [] }
  const sheets = await sheetsOf(documentOf(bare))
  expect(Object.keys(sheets)).toEqual(['Reports', 'export.overview', 'export.outcomes', 'costs.title', 'by.assistant', 'by.list'])
  expect(JSON.stringify([sheets['export.overview'], sheets['costs.title'], sheets['by.assistant']])).not.toMatch(/spend|cost"|columns\.cost/)
})
