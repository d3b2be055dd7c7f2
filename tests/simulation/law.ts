/** Whether somebody may be called at an instant, by all that people and laws say, one after the other and in words. */
import type { SimulatedDatabase } from './database.ts'
import { lawsOf } from './places.ts'
import { isWithin, wallClock, type Window } from './windows.ts'

export interface Law { kind: string, value: Record<string, unknown>, regions: string[], from: string, until: string | null, hours: Window[] }
export interface Holiday { region: string, day: string }
export interface Books { laws: Law[], holidays: Holiday[] }

/** Everything that decides about a moment, as the tables state it. */
export interface Circumstances {
  zone: string | null
  region: string
  windows: Window[]
  account_hours: Window[]
  black_days: string[]
  observes_holidays: boolean
  starts_at: string | null
  ends_at: string | null
  calls_from: string | null
  calls_until: string | null
  call_days: number[] | null
}

/** The law as it was printed: rows, not the engine's functions. */
export async function readBooks(database: SimulatedDatabase): Promise<Books> {
  const [books] = await database.query<{ laws: Law[], holidays: Holiday[] }>(`select
    (select jsonb_agg(jsonb_build_object('kind', r.kind, 'value', r.value, 'regions', p.regions, 'from', r.effective_from, 'until', r.effective_until, 'hours',
      (select coalesce(jsonb_agg(h), '[]') from public.rule_hours h where h.rule_id = r.id))) from public.rules r join public.rule_packs p on p.id = r.pack_id where r.is_on and p.is_on) as laws,
    (select jsonb_agg(jsonb_build_object('region', h.region, 'day', h.day)) from public.holidays h) as holidays`)
  return books!
}

function lawsInForce({ laws }: Books, kind: string, region: string, day: string): Law[] {
  const regions = lawsOf(region)
  return laws.filter((law) => law.kind === kind && law.regions.some((one) => regions.includes(one))
    && law.from <= day && (law.until === null || day < law.until))
}

/** Why nobody may call there then; null when one may. */
export function whyClosed(books: Books, of: Circumstances, at: number): string | null {
  if (of.zone === null) return 'nobody knows the hour there'
  const wall = wallClock(of.zone, at)
  if (of.starts_at !== null && at < Date.parse(of.starts_at)) return 'the campaign has not begun'
  if (of.ends_at !== null && at >= Date.parse(of.ends_at)) return 'the campaign is over'
  if (!isWithin(of.windows, wall)) return 'outside the calling times of the campaign'
  if (of.account_hours.length > 0 && !isWithin(of.account_hours, wall)) return 'outside the hours of the account'
  if (lawsInForce(books, 'hours', of.region, wall.day).some((law) => !isWithin(law.hours, wall))) return 'at an hour that the law forbids'
  if (of.black_days.includes(wall.day)) return 'on a day on which nobody is called'
  if (isHoliday(books, of, wall.day)) return 'on a public holiday'
  return isWished(of, at) ? null : 'outside the hours the person wishes'
}

function isHoliday(books: Books, { region, observes_holidays }: Circumstances, day: string): boolean {
  return books.holidays.some((holiday) => holiday.day === day && lawsOf(region).includes(holiday.region))
    && (observes_holidays || lawsInForce(books, 'holidays', region, day).length > 0)
}

function isWished({ calls_from, calls_until, call_days, zone }: Circumstances, at: number): boolean {
  if (calls_from === null && call_days === null) return true
  const wish = (call_days ?? [1, 2, 3, 4, 5, 6, 7]).map((weekday) => ({ weekday, opens_at: calls_from ?? '00:00', closes_at: calls_until ?? '24:00' }))
  return isWithin(wish, wallClock(zone!, at))
}

const strengths = ['implied', 'express', 'express_written']
export interface Consent { basis: string, purposes: string[], given_at: string, revoked_at: string | null }

interface Asked { region: string, purpose: string, consents: Consent[] }

export function hasConsent(books: Books, { region, purpose, consents }: Asked, at: number): boolean {
  const needed = lawsInForce(books, 'consent', region, new Date(at).toISOString().slice(0, 10)).map(({ value }) => strengths.indexOf(String(value[purpose])))
  const strongest = Math.max(-1, ...needed)
  return strongest < 0 || consents.some((consent) => strengths.indexOf(consent.basis) >= strongest && consent.purposes.includes(purpose)
    && Date.parse(consent.given_at) <= at && (consent.revoked_at === null || Date.parse(consent.revoked_at) > at))
}

export interface Past { dialled_at: string, ended_at: string | null, settled_at: string | null, found_late_at: string | null }
export interface Frequency { frequency_cap: number, frequency_hours: number, minimum_gap_seconds: number }

/** Over all campaigns: no rule's calls within its hours, and the account's gap since the last one was over. */
export function whyTooSoon(books: Books, { region, past, ...rules }: Frequency & { region: string, past: Past[] }, at: number): string | null {
  const laws = lawsInForce(books, 'frequency', region, new Date(at).toISOString().slice(0, 10))
    .map(({ value }) => [Number(value.max_calls), Number(value.per_hours)] as const)
  const tooMany = [[rules.frequency_cap, rules.frequency_hours] as const, ...laws]
    .find(([calls, hours]) => past.filter(({ dialled_at }) => Date.parse(dialled_at) > at - hours * 3_600_000).length >= calls)
  if (tooMany) return `more than ${tooMany[0]} calls in ${tooMany[1]} hours`
  return past.some((call) => at < overAt(call) + rules.minimum_gap_seconds * 1000) ? 'sooner than the gap' : null
}

function overAt({ dialled_at, ended_at, settled_at, found_late_at }: Past): number {
  const over = ended_at === null ? null : settled_at === null ? Date.parse(ended_at) : Math.min(Date.parse(ended_at), Date.parse(settled_at))
  return Math.max(Date.parse(dialled_at), over ?? 0, found_late_at === null ? 0 : Date.parse(found_late_at))
}
