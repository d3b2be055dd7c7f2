import {
  callOutcomeSchema, callSentimentSchema, callStateSchema, dispositionSchema,
  type CallOutcome, type CallSentiment, type CallState, type Disposition,
} from './call.ts'
import { dayOf, idOf, isId, joined, knownOf, listOf, withoutEmpty, type Query } from './queryValues.ts'
import { searchTextOf } from './searchText.ts'

/** Days that move with today, on the account's calendar; a number is so many days up to and with today. */
export const callPeriods = ['today', 'yesterday', '7', '15', '30'] as const
export type CallPeriod = (typeof callPeriods)[number]

/** What is listed; a call that speaks a code is not. */
export const listedKinds = ['campaign', 'test'] as const
export type ListedKind = (typeof listedKinds)[number]

/** Which calls: what the log keeps in its address and list_calls answers. Nothing: all of them. */
export interface CallConditions {
  /** What was said, a name or a number. */
  text?: string
  period?: CallPeriod
  /** Days of the account, both included; instead of a period. */
  from_day?: string
  until_day?: string
  states?: CallState[]
  outcomes?: CallOutcome[]
  dispositions?: Disposition[]
  /** The account's own, by their ids. */
  own_disposition_ids?: string[]
  sentiments?: CallSentiment[]
  campaign_id?: string
  assistant_id?: string
  /** One person's calls. */
  contact_id?: string
  list_id?: string
  tag_ids?: string[]
  /** Talk time in seconds, both included. */
  talk_from?: number
  talk_until?: number
  has_recording?: boolean
  kind?: ListedKind
  /** Who said what the conversation meant. */
  disposition_by?: string
  /** 0 to 23, by the account's clock. */
  hour?: number
  /** By the clock of whoever was called: 0 to 23, and the ISO day of the week, 1 = Monday. */
  contact_hour?: number
  contact_weekday?: number
}

/** What the address of the page says; what it says wrongly is as if it were not there. */
export function readCallConditions(query: Query): CallConditions {
  const period = callPeriods.find((known) => known === query.period)
  return withoutEmpty({
    text: searchTextOf(query.q),
    period,
    from_day: period ? undefined : dayOf(query.from),
    until_day: period ? undefined : dayOf(query.to),
    states: knownOf(query.status, callStateSchema.options),
    outcomes: knownOf(query.outcome, callOutcomeSchema.options),
    dispositions: knownOf(query.disposition, dispositionSchema.options),
    own_disposition_ids: listOf(query.own).filter(isId),
    sentiments: knownOf(query.sentiment, callSentimentSchema.options),
    campaign_id: idOf(query.campaign),
    assistant_id: idOf(query.assistant),
    contact_id: idOf(query.contact),
    list_id: idOf(query.list),
    tag_ids: listOf(query.tag).filter(isId),
    talk_from: numberOf(query.longer, 0, secondsMax),
    talk_until: numberOf(query.shorter, 0, secondsMax),
    has_recording: query.recording === 'yes' ? true : query.recording === 'no' ? false : undefined,
    kind: listedKinds.find((known) => known === query.kind),
    disposition_by: idOf(query.by),
    hour: numberOf(query.hour, 0, 23),
    contact_hour: numberOf(query.their_hour, 0, 23),
    contact_weekday: numberOf(query.their_day, 1, 7),
  })
}

/** The other way; every key is there, so that one that went out of use leaves the address. */
export function queryOfCalls(conditions: CallConditions): Record<string, string | undefined> {
  const { text, period, from_day, until_day, states, outcomes, dispositions, sentiments, tag_ids, talk_from, talk_until, has_recording } = conditions
  return {
    q: text?.trim() || undefined,
    period,
    from: from_day || undefined,
    to: until_day || undefined,
    status: joined(states),
    outcome: joined(outcomes),
    disposition: joined(dispositions),
    own: joined(conditions.own_disposition_ids),
    sentiment: joined(sentiments),
    campaign: conditions.campaign_id,
    assistant: conditions.assistant_id,
    contact: conditions.contact_id,
    list: conditions.list_id,
    tag: joined(tag_ids),
    longer: talk_from?.toString(),
    shorter: talk_until?.toString(),
    recording: has_recording === undefined ? undefined : has_recording ? 'yes' : 'no',
    kind: conditions.kind,
    by: conditions.disposition_by,
    hour: conditions.hour?.toString(),
    their_hour: conditions.contact_hour?.toString(),
    their_day: conditions.contact_weekday?.toString(),
  }
}

/** The conditions that leave calls out, besides the search. */
export function narrowingOfCalls(conditions: CallConditions): (keyof CallConditions)[] {
  const known = Object.keys(withoutEmpty(conditions)) as (keyof CallConditions)[]
  return known.filter((name) => name !== 'text')
}

/** The same as one text, to be kept as a view. */
export function addressOfCalls(conditions: CallConditions): string {
  return new URLSearchParams(Object.entries(queryOfCalls(conditions)).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]]))).toString()
}

/** Longer than any call. */
const secondsMax = 86_400

function numberOf(value: unknown, lowest: number, highest: number): number | undefined {
  if (typeof value !== 'string' || !/^\d{1,5}$/.test(value)) return undefined
  return Number(value) >= lowest && Number(value) <= highest ? Number(value) : undefined
}
