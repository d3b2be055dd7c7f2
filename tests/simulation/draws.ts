/** What people decide when they set something up: rules narrow enough to matter within a few days. */
import { ALWAYS } from '../factories/campaign.ts'
import { zones } from './places.ts'
import type { World } from './processes.ts'

type Content = Record<string, unknown>

const hour = (hours: number) => `${String(hours).padStart(2, '0')}:00`
const dayAt = (at: number) => new Date(at).toISOString().slice(0, 10)
/** A local time as people write it. */
export const localTime = (at: number) => new Date(at).toISOString().slice(0, 16)

const purposes = ['sales', 'service', 'survey', 'reminder'] as const

export function drawWindows({ random }: World): typeof ALWAYS {
  const kind = random.weighted({ always: 45, once: 30, twice: 15, overnight: 10 })
  if (kind === 'always') return ALWAYS
  const opens = random.integer(6, 12)
  const days = [1, 2, 3, 4, 5, 6, 7].filter((weekday) => weekday === 1 || random.chance(0.85))
  const spans = { once: [[opens, opens + random.integer(2, 11)]], twice: [[opens, opens + 2], [opens + 4, opens + 9]],
    overnight: [[opens + 10, random.integer(1, 5)]] }
  return days.flatMap((weekday) => spans[kind].map(([from, until]) => ({ weekday, opens_at: hour(from!), closes_at: hour(until!) })))
}

function drawBlackDays({ agenda, random }: World): { day: string, name: string }[] {
  return random.chance(0.2) ? [{ day: dayAt(agenda.now() + random.integer(0, 2) * 86_400_000), name: 'Closed' }] : []
}

/** Times are short, so that what is tried again meets caps and gaps while the world lasts. */
function drawRetries({ random }: World) {
  return ['busy', 'no_answer', 'voicemail', 'failed'].map((outcome) => ({
    outcome, retries: random.integer(0, 3), delays_minutes: [random.integer(1, 20), random.integer(20, 300)], shifts_day_part: random.chance(0.2),
  }))
}

export function drawCampaign(world: World): Content {
  const { agenda, random } = world
  const maybe = (probability: number, from: number, to: number) => (random.chance(probability) ? random.integer(from, to) : null)
  const starts = random.chance(0.1) ? agenda.now() + random.integer(-4, 8) * 3_600_000 : null
  const ends = random.chance(0.1) ? agenda.now() + random.integer(2, 40) * 3_600_000 : null
  return {
    name: 'Spring', time_zone: random.pick(zones), purpose: random.pick(purposes), priority: random.pick(['low', 'normal', 'high']),
    max_attempts: random.integer(1, 4),
    windows: drawWindows(world), blackout_dates: drawBlackDays(world), daily_cap: maybe(0.25, 1, 8), budget_seconds: maybe(0.2, 300, 3_000),
    concurrency_max: maybe(0.3, 1, 4), starts_at: starts && localTime(starts), ends_at: ends && localTime(ends),
    failure_limit_percent: random.pick([30, 100]), opt_out_limit_percent: random.pick([10, 100]), ...(random.chance(0.7) && { retries: drawRetries(world) }),
  }
}

export function drawAccountRules(world: World): Content {
  const { random } = world
  return {
    frequency_cap: random.integer(1, 4), frequency_hours: random.pick([2, 24, 72]), minimum_gap_seconds: random.pick([0, 300, 600, 3_600]),
    observes_holidays: random.chance(0.4),
    daily_cap: random.chance(0.25) ? random.integer(2, 15) : null, windows: random.chance(0.25) ? drawWindows(world) : [], blackout_dates: drawBlackDays(world),
  }
}

function drawConsent({ random }: World): Content | null {
  const kind = random.weighted({ all: 80, some: 15, none: 5 })
  if (kind === 'none') return null
  const agreed = { channel: 'web_form', given_at: '2025-01-01T00:00:00Z' }
  if (kind === 'all') return { ...agreed, basis: 'express_written', purposes: [...purposes] }
  return { ...agreed, basis: random.pick(['implied', 'express', 'express_written']), purposes: [random.pick(purposes)] }
}

function drawWish({ random }: World): Content | null {
  if (!random.chance(0.1)) return null
  const from = random.integer(9, 14)
  return { from: hour(from), until: hour(from + random.integer(2, 6)), days: random.chance(0.3) ? [1, 3, 5, 6] : null }
}

/** Somebody's number, clock, words about when and for what they may be called; now and then living elsewhere than the number says. */
export function drawContact(world: World): Content {
  const { random, newNumber } = world
  const { phone, zones: own, region } = newNumber()
  const zone = random.weighted({ own: 88, any: 9, none: 3 })
  return {
    phone, name: 'Jo Field', time_zone: zone === 'none' ? null : random.pick(zone === 'own' ? own : zones),
    consent: drawConsent(world), wish: drawWish(world),
    ...(random.chance(0.05) && { region: random.pick(['US-FL', 'US-TX', region]) }),
  }
}
