import type { Span, SpanUnit } from './report.ts'

/** Calls of one day of the account. */
export interface CampaignDay {
  /** "2026-11-23" */
  day: string
  calls_count: number
  answered_count: number
  positive_count: number
  billed_seconds: number
}

/** Calls of one hour of the account's clock. */
export interface CampaignHour {
  day: string
  /** 0 to 23 */
  hour: number
  calls_count: number
  answered_count: number
  billed_seconds: number
}

/** Calls of one hour of the week where the contacts are. */
export interface WeekHour {
  /** ISO, 1 = Monday. */
  weekday: number
  hour: number
  calls_count: number
  answered_count: number
  positive_count: number
}

/** A campaign's calls in time, by the account's clock; days and hours without a call are left out. */
export interface CampaignOverview {
  days: CampaignDay[]
  /** Of the latest two days on which it called. */
  hours: CampaignHour[]
  week: WeekHour[]
  /** Begun within the last five minutes. */
  calls_last_minutes: number
}

/** One line of who did what; null as actor: a rule, the clock, or its last contact. */
export interface CampaignActivity {
  id: number
  verb: string
  /** fields: settings that changed; reason: why a rule paused it, with that rule's figures beside. */
  details: { fields?: string[], reason?: string, version?: number, [fact: string]: unknown }
  created_at: string
  actor_name: string | null
  /** It was about one of its calls. */
  call_id: string | null
}
export interface ActivityPage { rows: CampaignActivity[], next_cursor: unknown }

/** Somebody of the account. sees_all: every campaign by role, assigned or not. */
export interface CampaignPerson {
  user_id: string
  name: string | null
  email: string | null
  role: 'owner' | 'admin' | 'agent' | 'viewer'
  sees_all: boolean
  is_assigned: boolean
}

/** The bars of a campaign's calls over time: by the hour while there are no more than two days of them, then its latest sixty days. */
export function campaignSpans({ days, hours }: Pick<CampaignOverview, 'days' | 'hours'>): { spans: Span[], unit: SpanUnit } {
  if (days.length <= 2) return { unit: 'hour', spans: hours.map(({ day, ...hour }) => ({ ...hour, from_day: day, until_day: day })) }
  return { unit: 'day', spans: days.slice(-daysMax).map(({ day, ...figures }) => ({ ...figures, from_day: day, until_day: day, hour: null })) }
}

const daysMax = 60

/** From dial to success, each a part of the one before. */
export interface Funnel { calls: number, answered: number, successful: number }

type Counted = Pick<CampaignDay, 'calls_count' | 'answered_count' | 'positive_count'>

export function funnelOf(days: readonly Counted[]): Funnel {
  const sum = (count: (day: Counted) => number) => days.reduce((total, day) => total + count(day), 0)
  return { calls: sum((day) => day.calls_count), answered: sum((day) => day.answered_count), successful: sum((day) => day.positive_count) }
}

/** The hours of the day between the first and the last in which anybody was called, and every weekday's calls in them; null where nobody was. */
export function weekGrid(week: readonly WeekHour[]): { hours: number[], rows: { weekday: number, cells: (WeekHour | null)[] }[] } {
  if (week.length === 0) return { hours: [], rows: [] }
  const [first, last] = [Math.min(...week.map(({ hour }) => hour)), Math.max(...week.map(({ hour }) => hour))]
  const hours = Array.from({ length: last - first + 1 }, (_, index) => first + index)
  const cellAt = (weekday: number, hour: number) => week.find((cell) => cell.weekday === weekday && cell.hour === hour) ?? null
  return { hours, rows: [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, cells: hours.map((hour) => cellAt(weekday, hour)) })) }
}

/** Seconds used by the end of a day, and seconds likely by then; null where that is not known or not to come. */
export interface BurnDownDay { day: string, used: number | null, likely: number | null }

/**
 * The minutes of a campaign as they went, day by day from the first to the last on which it called, and as they are likely to go on:
 * what is still to come is spread over the likely days as their conversations are.
 */
export function burnDown(days: readonly Pick<CampaignDay, 'day' | 'billed_seconds'>[], coming: { seconds: number, days: { day: string, answered: number }[] } | null): BurnDownDay[] {
  let used = 0
  const past = days.map(({ day, billed_seconds }): BurnDownDay => ({ day, used: (used += billed_seconds), likely: null }))
  const total = coming?.days.reduce((sum, { answered }) => sum + answered, 0) ?? 0
  if (!coming || total === 0) return past
  let answered = 0
  const likely = coming.days.map((step): BurnDownDay => {
    answered += step.answered
    return { day: step.day, used: null, likely: used + Math.round(coming.seconds * answered / total) }
  })
  const known = past.at(-1)
  if (known && likely[0]?.day === known.day) return [...past.slice(0, -1), { ...known, likely: likely[0].likely }, ...likely.slice(1)]
  return [...past.slice(0, -1), ...(known ? [{ ...known, likely: known.used }] : []), ...likely]
}
