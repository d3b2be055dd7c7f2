/** A report as a slow reader makes it: every call is looked at, one after the other, and nothing is kept from before. */
import type { Month } from '../factories/month.ts'
import type { Period } from '../../business/models/ledger.ts'
import { addDays, localOf } from '../../business/models/localTime.ts'
import type { TestDatabase } from './database.ts'

export interface ModelCall {
  id: string
  /** By the clock of the account as it was then. */
  day: string
  hour: number
  their_day: number
  their_hour: number
  kind: string
  campaign: string | null
  assistant: string
  outcome: string
  meaning: 'positive' | 'neutral' | 'negative' | null
  by: string | null
  lists: string[]
  talk: number
  billed: number
  price: number
}

const NEUTRAL = ['information', 'callback', 'voicemail', 'no_conversation']

/** The settled calls of a month, tests included; times are worked out here from the instant of the dial. */
export async function readCalls(db: TestDatabase, { account, zones }: Month): Promise<ModelCall[]> {
  const rows = await db.sql`select c.id, c.dialled_at, p.time_zone, c.kind, c.campaign_id, v.assistant_id, c.outcome, c.disposition, c.disposition_by,
      c.talk_seconds, c.billed_seconds, c.price_micros::int,
      array(select m.list_id::text from public.contact_list_members m where m.contact_id = c.contact_id) as lists
    from public.calls c join public.assistant_versions v on v.id = c.assistant_version_id left join public.contacts p on p.id = c.contact_id
    where c.account_id = ${account.accountId} and c.state = 'settled' and c.dialled_at is not null order by c.dialled_at`
  return rows.map((row) => {
    const home = localOf(row.dialled_at as Date, zones.get(row.id as string)!)
    const theirs = row.time_zone ? localOf(row.dialled_at as Date, row.time_zone as string) : home
    const word = row.disposition as string | null
    return {
      id: row.id as string,
      day: home.slice(0, 10),
      hour: Number(home.slice(11, 13)),
      their_day: (new Date(`${theirs.slice(0, 10)}T00:00:00Z`).getUTCDay() + 6) % 7 + 1,
      their_hour: Number(theirs.slice(11, 13)),
      kind: row.kind as string,
      campaign: row.campaign_id as string | null,
      assistant: row.assistant_id as string,
      outcome: row.outcome as string,
      meaning: word === null ? null : word === 'interested' ? 'positive' : NEUTRAL.includes(word) ? 'neutral' : 'negative',
      by: row.disposition_by as string | null,
      lists: row.lists as string[],
      talk: row.talk_seconds as number,
      billed: row.billed_seconds as number,
      price: row.price_micros as number,
    }
  })
}

export const within = (calls: ModelCall[], days: Period | null) => calls.filter(({ day }) => days === null || (day >= days.from_day && day <= days.to_day))
const total = (calls: ModelCall[], amount: (call: ModelCall) => number) => calls.reduce((sum, call) => sum + amount(call), 0)
const answered = (calls: ModelCall[]) => calls.filter(({ outcome }) => outcome === 'answered')

/** What people are told of some calls. */
export function figuresOf(calls: ModelCall[]) {
  return {
    calls_count: calls.length,
    answered_count: answered(calls).length,
    positive_count: calls.filter(({ meaning }) => meaning === 'positive').length,
    talk_seconds: total(answered(calls), ({ talk }) => talk),
    billed_seconds: total(calls, ({ billed }) => billed),
    price_micros: total(calls, ({ price }) => price),
  }
}

export function meaningsOf(calls: ModelCall[]) {
  const of = (wanted: string) => calls.filter(({ meaning }) => meaning === wanted).length
  return { positive_count: of('positive'), neutral_count: of('neutral'), negative_count: of('negative') }
}

export function groupsOf<Key extends string | number>(calls: ModelCall[], keyOf: (call: ModelCall) => Key): Map<Key, ModelCall[]> {
  return Map.groupBy(calls, keyOf)
}

/** The eight Mondays that end with the week of a day. */
export function mondaysUpTo(day: string): string[] {
  let monday = day
  while (new Date(`${monday}T00:00:00Z`).getUTCDay() !== 1) monday = addDays(monday, -1)
  return Array.from({ length: 8 }, (_, index) => addDays(monday, 7 * (index - 7)))
}
