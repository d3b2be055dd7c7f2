import type { Grid } from '../pdf/grid.ts'
import type { DispositionMeaning } from '../../models/disposition.ts'
import { averageTalk, costPerSuccess, costsOf, judgedOf, shareOf, type Figures, type ListFigures, type Report, type Span } from '../../models/report.ts'
import { answerGrid } from './answerGrid.ts'

/** A cell as people read it, and the number in it for a spreadsheet; seconds, shares from 0 to 1, units of a currency. */
export type ReportCell = string | { text: string, value: number }

export interface ReportColumn {
  label: string
  /** What the numbers of a sheet are, where the text says it in another way. */
  sheetLabel?: string
}

export interface ReportSection {
  title: string
  note?: string
  columns: ReportColumn[]
  rows: ReportCell[][]
  /** What paper shows instead of rows that are too many to be read there: the grid, and under it what its boxes mean. */
  onPaper?: { grid: Grid, legend: Grid }
}

/** What both files are made of, so that they cannot differ. */
export interface ReportDocument {
  title: string
  author: string
  /** ISO. */
  made_at: string
  /** What it is about: name and text. */
  facts: [name: string, text: string][]
  sections: ReportSection[]
  /** "Page 1 of 3" */
  pageText: string
}

export interface ReportWords {
  say: (key: string, facts?: Record<string, unknown>) => string
  outcomeOf: (outcome: string) => string
  dayOfWeek: (weekday: number) => string
  spanOf: (span: Span) => string
  weekOf: (fromDay: string, untilDay: string) => string
  number: (value: number) => string
  duration: (seconds: number) => string
  average: (seconds: number | null) => string
  percent: (share: number | null) => string
  money: (micros: number | null) => string
}

interface Content { report: Report, lists: ListFigures[] }
type Cells = ReturnType<typeof cellsWith>

/** Every table of the page Reports, in its order. */
export function reportSections({ report, lists }: Content, words: ReportWords): ReportSection[] {
  const cells = cellsWith(words, report.currency)
  return [
    overview(report, words, cells),
    overTime(report, words, cells),
    outcomes(report, words, cells),
    weeks(report, words, cells),
    answerHours(report, words, cells),
    costs(report, words, cells),
    named('campaign', report.campaigns, words, cells),
    named('assistant', report.assistants, words, cells),
    named('list', lists.map(({ figures, ...list }) => ({ ...list, ...figures })), words, cells),
    people(report, words, cells),
  ].filter(({ rows }) => rows.length > 0)
}

function cellsWith({ number, duration, average, percent, money }: ReportWords, currency: string | null) {
  const cell = (value: number | null, text: string): ReportCell => (value === null ? text : { text, value })
  return {
    hasPrices: currency !== null,
    currency: currency?.toUpperCase() ?? '',
    number: (value: number) => cell(value, number(value)),
    duration: (seconds: number) => cell(seconds, duration(seconds)),
    average: (seconds: number | null) => cell(seconds === null ? null : Math.round(seconds), average(seconds)),
    share: (share: number | null) => cell(share, percent(share)),
    money: (micros: number | null) => cell(micros === null ? null : Math.round(micros) / 1_000_000, money(micros)),
  }
}

const seconds = (label: string, { say }: ReportWords): ReportColumn => ({ label, sheetLabel: say('export.seconds', { name: label }) })
const money = (label: string, { currency }: Cells): ReportColumn => ({ label, sheetLabel: `${label} (${currency})` })

function overview({ figures, before }: Report, { say }: ReportWords, cells: Cells): ReportSection {
  const prices: [string, (from: Figures) => ReportCell][] = [
    [say('figures.spend'), (from) => cells.money(from.price_micros)],
    [say('figures.cost'), (from) => cells.money(costPerSuccess(from))],
  ]
  const rows: [string, (from: Figures) => ReportCell][] = [
    [say('figures.calls'), (from) => cells.number(from.calls_count)],
    [say('columns.rate'), (from) => cells.number(from.answered_count)],
    [say('figures.rate'), (from) => cells.share(shareOf(from.answered_count, from.calls_count))],
    [say('figures.positive'), (from) => cells.number(from.positive_count)],
    [say('figures.average'), (from) => cells.average(averageTalk(from))],
    [say('figures.minutes'), (from) => cells.duration(from.billed_seconds)],
    ...(cells.hasPrices ? prices : []),
  ]
  return {
    title: say('export.overview'),
    columns: [say('export.figure'), say('export.now'), ...(before ? [say('export.before')] : [])].map((label) => ({ label })),
    rows: rows.map(([name, of]) => [name, of(figures), ...(before ? [of(before)] : [])]),
  }
}

function overTime({ spans }: Report, { say, spanOf }: ReportWords, cells: Cells): ReportSection {
  return {
    title: say('export.over_time'),
    columns: [say('export.when'), say('columns.calls'), say('columns.rate')].map((label) => ({ label })),
    rows: spans.map((span) => [spanOf(span), cells.number(span.calls_count), cells.number(span.answered_count)]),
  }
}

function outcomes({ outcomes: counts, figures }: Report, { say, outcomeOf }: ReportWords, cells: Cells): ReportSection {
  const sorted = Object.entries(counts).sort(([, one], [, other]) => other - one)
  return {
    title: say('export.outcomes'),
    columns: [say('export.outcomes'), say('columns.calls'), say('export.share')].map((label) => ({ label })),
    rows: sorted.map(([outcome, count]) => [outcomeOf(outcome), cells.number(count), cells.share(shareOf(count, figures.calls_count))]),
  }
}

function weeks({ weeks: all }: Report, { say, weekOf }: ReportWords, cells: Cells): ReportSection {
  const meanings: DispositionMeaning[] = ['positive', 'neutral', 'negative']
  const shown = all.slice(Math.max(0, all.findIndex(({ calls_count }) => calls_count > 0))).filter((week) => judgedOf(week) > 0)
  return {
    title: say('weeks.title'),
    note: say('weeks.hint'),
    columns: [say('weeks.week'), ...meanings.map((meaning) => say(`weeks.${meaning}`))].map((label) => ({ label })),
    rows: shown.map((week) => [weekOf(week.from_day, week.until_day), ...meanings.map((meaning) => cells.number(week[`${meaning}_count`]))]),
  }
}

function answerHours({ week }: Report, words: ReportWords, cells: Cells): ReportSection {
  const { say, dayOfWeek } = words
  return {
    title: say('export.week'),
    note: say('export.week_hint'),
    columns: ['export.weekday', 'export.hour', 'columns.calls', 'columns.rate', 'figures.rate'].map((key) => ({ label: say(key) })),
    rows: week.map(({ weekday, hour, calls_count, answered_count }) =>
      [dayOfWeek(weekday), ...[hour, calls_count, answered_count].map(cells.number), cells.share(shareOf(answered_count, calls_count))]),
    onPaper: answerGrid(week, words),
  }
}

function costs(report: Report, words: ReportWords, cells: Cells): ReportSection {
  const { say } = words
  const { parts, total } = costsOf(report)
  const priceOf = ({ price_micros }: typeof total) => (cells.hasPrices ? [cells.money(price_micros)] : [])
  const rowOf = (name: string, cost: typeof total) => [name, cells.number(cost.calls_count), cells.duration(cost.billed_seconds), ...priceOf(cost)]
  return {
    title: say('costs.title'),
    columns: [
      { label: say('costs.part') }, { label: say('columns.calls') }, seconds(say('columns.minutes'), words),
      ...(cells.hasPrices ? [money(say('columns.spend'), cells)] : []),
    ],
    rows: [...parts.map((part) => rowOf(say(`costs.${part.kind}`), part)), ...(parts.length > 1 ? [rowOf(say('costs.total'), total)] : [])],
  }
}

function named(noun: 'campaign' | 'assistant' | 'list', rows: ({ name: string } & Partial<Figures>)[], words: ReportWords, cells: Cells): ReportSection {
  const { say } = words
  const cellsOf = (figures: Figures) => [
    cells.number(figures.calls_count), cells.number(figures.answered_count), cells.number(figures.positive_count),
    cells.average(averageTalk(figures)), cells.duration(figures.billed_seconds),
    ...(cells.hasPrices ? [cells.money(figures.price_micros), cells.money(costPerSuccess(figures))] : []),
  ]
  return {
    title: say(`by.${noun}`),
    note: say(`by.${noun}_hint`),
    columns: [
      { label: say(`by.${noun}_name`) }, { label: say('columns.calls') }, { label: say('columns.rate') }, { label: say('columns.positive') },
      seconds(say('columns.average'), words), seconds(say('columns.minutes'), words),
      ...(cells.hasPrices ? [money(say('columns.spend'), cells), money(say('columns.cost'), cells)] : []),
    ],
    rows: rows.map((row) => (row.calls_count === undefined ? [row.name, say('by.too_many')] : [row.name, ...cellsOf(row as Figures)])),
  }
}

function people({ people: all }: Report, { say }: ReportWords, cells: Cells): ReportSection {
  return {
    title: say('people.title'),
    note: say('people.hint'),
    columns: [say('people.name'), say('people.judged'), say('people.positive'), say('people.callbacks')].map((label) => ({ label })),
    rows: all.map(({ name, calls_count, positive_count, callbacks_count }) =>
      [name ?? say('people.gone'), ...[calls_count, positive_count, callbacks_count].map(cells.number)]),
  }
}
