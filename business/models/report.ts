import type { CallOutcome, Disposition } from './call.ts'
import type { CallConditions } from './callFilter.ts'
import type { WeekHour } from './campaignOverview.ts'
import { meaningOf, type DispositionMeaning } from './disposition.ts'
import type { Period } from './ledger.ts'

/** What settled calls of campaigns came to. Tests of an assistant are not among them. */
export interface Figures {
  calls_count: number
  answered_count: number
  positive_count: number
  /** Talk time of the answered ones. */
  talk_seconds: number
  billed_seconds: number
  /** Fixed at settlement; null: the person may not see what calls cost. */
  price_micros: number | null
}

/** With what the conversations meant; what is left of the calls has no disposition. */
export interface Meanings {
  positive_count: number
  neutral_count: number
  negative_count: number
}

/** How long a bar of the chart over time is. */
export type SpanUnit = 'hour' | 'day' | 'week' | 'month'

/** Calls of an hour, a day, a week or a month, as far as it is within the range. */
export interface Span {
  from_day: string
  until_day: string
  /** Of the account's clock; null where it is more than an hour. */
  hour: number | null
  calls_count: number
  answered_count: number
}

export interface NamedFigures extends Figures { id: string, name: string }

/** A whole week, Monday to Sunday. */
export interface MeaningWeek extends Meanings { from_day: string, until_day: string, calls_count: number }

/** What somebody did about calls of the range: said what they meant, arranged that people are called back. */
export interface PersonFigures { id: string, name: string | null, calls_count: number, positive_count: number, callbacks_count: number }

/** What the dashboard shows of a range. Hours, days, weeks without a call are left out. */
export interface ShortReport {
  /** The first day with a call that the person sees; null: there is none yet. */
  first_day: string | null
  unit: SpanUnit
  figures: Figures & Meanings
  /** null: nothing was to be compared with. */
  before: (Figures & Meanings) | null
  spans: Span[]
  outcomes: Partial<Record<CallOutcome, number>>
  /** Test calls in the same days; null: the person does not see the calls of the whole account. */
  tests: Pick<Figures, 'calls_count' | 'billed_seconds' | 'price_micros'> | null
  /** null: the person may not see what calls cost. */
  currency: string | null
}

export interface Report extends ShortReport {
  /** Those with the most calls first, at most five hundred of campaigns_count. */
  campaigns: NamedFigures[]
  campaigns_count: number
  assistants: NamedFigures[]
  /** By the hour of the contacts' week. */
  week: WeekHour[]
  /** Eight, the latest last. */
  weeks: MeaningWeek[]
  people: PersonFigures[]
}

/** The calls to whoever is in a list now; figures null: too many people to count. */
export interface ListFigures { id: string, name: string, figures: Figures | null }

/** Exactly the calls that a number of a report counts. days null: all there are. */
export function conditionsOf(days: Period | null, more: CallConditions = {}): CallConditions {
  return { states: ['settled'], kind: 'campaign', from_day: days?.from_day, until_day: days?.to_day, ...more }
}

/** The platform's words of a meaning: by them the call log finds its calls. */
export function wordsOfMeaning(meaning: DispositionMeaning): Disposition[] {
  return (Object.entries(meaningOf) as [Disposition, DispositionMeaning][]).filter(([, known]) => known === meaning).map(([word]) => word)
}

/** A part of a whole from 0 to 1; null where there is no whole. */
export const shareOf = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole)

/** Seconds of talk in an answered call. */
export const averageTalk = ({ talk_seconds, answered_count }: Figures): number | null => shareOf(talk_seconds, answered_count)

/** What a success cost, failed tries included. */
export function costPerSuccess({ price_micros, positive_count }: Figures): number | null {
  return price_micros === null ? null : shareOf(price_micros, positive_count)
}

/** How many conversations of a week have a meaning. */
export const judgedOf = ({ positive_count, neutral_count, negative_count }: Meanings): number => positive_count + neutral_count + negative_count

export type Cost = Pick<Figures, 'calls_count' | 'billed_seconds' | 'price_micros'>

/** Minutes and money of what was called for: campaigns, and tests where there are any and the person sees them; together what the bills say. */
export function costsOf({ figures, tests }: Pick<ShortReport, 'figures' | 'tests'>): { parts: (Cost & { kind: 'campaign' | 'test' })[], total: Cost } {
  const { calls_count, billed_seconds, price_micros } = figures
  const parts = [{ kind: 'campaign' as const, calls_count, billed_seconds, price_micros }, ...(tests?.calls_count ? [{ kind: 'test' as const, ...tests }] : [])]
  const sum = (name: keyof Cost) => parts.reduce((total, part) => total + (part[name] ?? 0), 0)
  return { parts, total: { calls_count: sum('calls_count'), billed_seconds: sum('billed_seconds'), price_micros: price_micros === null ? null : sum('price_micros') } }
}
