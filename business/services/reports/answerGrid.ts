import { weekGrid, type WeekHour } from '../../models/campaignOverview.ts'
import type { Grid } from '../pdf/grid.ts'
import type { ReportWords } from './reportDocument.ts'

type Words = Pick<ReportWords, 'say' | 'dayOfWeek' | 'number' | 'percent'>

/** How dark the boxes of each step are. None is so that neither black nor white is read on it, and each is another grey on a printer. */
const darkness = [0, 0.22, 0.44, 0.74, 1] as const
/** Hundredths a step is wide: the narrowest that reaches the best hour. */
const stepWidths = [1, 2, 4, 5, 10, 15, 20]

/** The share of calls that were answered, hour by hour of the contacts' week, in whole percents; and what the darkness says. */
export function answerGrid(week: readonly WeekHour[], words: Words): { grid: Grid, legend: Grid } {
  const { hours, rows } = weekGrid(week)
  const best = Math.max(0, ...week.map(percentOf))
  const width = stepWidths.find((step) => step * darkness.length >= best) ?? 20
  const boxOf = (cell: WeekHour) => ({ text: words.number(percentOf(cell)), darkness: darkness[stepOf(percentOf(cell), width)]! })
  return {
    grid: {
      heads: hours.map(String),
      rows: rows.map(({ weekday, cells }) => ({ name: words.dayOfWeek(weekday), cells: cells.map((cell) => (cell ? boxOf(cell) : '–')) })),
    },
    legend: { rows: [{ name: words.say('export.week_legend'), cells: legendOf(width, words) }] },
  }
}

const percentOf = ({ answered_count, calls_count }: WeekHour) => Math.round((answered_count / calls_count) * 100)
const stepOf = (percent: number, width: number) => Math.min(darkness.length - 1, Math.floor(percent / width))

const legendOf = (width: number, { number, percent }: Words) =>
  darkness.map((dark, step) => ({ text: `${number(step * width)}–${percent(((step + 1) * width) / 100)}`, darkness: dark }))
