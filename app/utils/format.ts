import { computed, shallowRef } from 'vue'
import { localesOf, type FormatStyle } from '~~/business/models/formatStyle.ts'

const style = shallowRef<FormatStyle>('american')
const numbers = computed(() => new Intl.NumberFormat(localesOf[style.value].numbers))
const percents = computed(() => new Intl.NumberFormat(localesOf[style.value].numbers, { style: 'percent', maximumFractionDigits: 0 }))
const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto', style: 'short' })

/** As the account on the screen writes days and numbers; what shows one already follows. */
export function writeAs(wanted: FormatStyle): void {
  style.value = wanted
}

/** m:ss, with thousands separators for minutes: 83 → 1:23, 74,105 → 1,235:05. */
export function formatDuration(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds))
  return `${numbers.value.format(Math.floor(whole / 60))}:${String(whole % 60).padStart(2, '0')}`
}

/** With its sign, which a movement always has and a balance only below zero: +50:00, −3:00. */
export function formatChange(seconds: number): string {
  return `${seconds < 0 ? '−' : '+'}${formatDuration(Math.abs(seconds))}`
}

/** A balance may be below zero, after a refund of minutes that were spoken already. */
export function formatBalance(seconds: number): string {
  return seconds < 0 ? formatChange(seconds) : formatDuration(seconds)
}

/** Cents in a currency of two decimals, as people write it: $1,234.50. Parts of a cent are rounded. */
export function formatMoney(cents: number, currency: string): string {
  return new Intl.NumberFormat(localesOf[style.value].numbers, { style: 'currency', currency }).format(cents / 100)
}

/** Of the ledger's millionths. */
export const formatMicros = (micros: number, currency: string): string => formatMoney(micros / 10_000, currency)

export const formatNumber = (value: number): string => numbers.value.format(value)

/** A share from 0 to 1. */
export const formatPercent = (share: number): string => percents.value.format(share)

/** In the zone given, never silently in the browser's: an operator may sit elsewhere than the company. */
export function formatDateTime(iso: string, timeZone: string): string {
  return format(iso, { timeZone, dateStyle: 'medium', timeStyle: 'short' })
}

export function formatDate(iso: string, timeZone: string): string {
  return format(iso, { timeZone, dateStyle: 'medium' })
}

/** A day of a calendar, "2026-11-23", which is the same wherever it is read. */
export function formatDay(day: string): string {
  return formatDate(`${day}T12:00:00Z`, 'UTC')
}

/** "Nov 23", where the year is plain to see. */
export function formatShortDay(day: string): string {
  return format(`${day}T12:00:00Z`, { timeZone: 'UTC', month: 'short', day: 'numeric' })
}

export function formatTime(iso: string, timeZone: string): string {
  return format(iso, { timeZone, timeStyle: 'short' })
}

/** To the second, "2:05:09 PM": where it matters what took how long. */
export function formatPreciseTime(iso: string, timeZone: string): string {
  return format(iso, { timeZone, timeStyle: 'medium' })
}

/** "Mon, 9:00 AM": for what comes within a week. */
export function formatWeekdayTime(iso: string, timeZone: string): string {
  return format(iso, { timeZone, weekday: 'short', hour: 'numeric', minute: '2-digit' })
}

/** A time of day as it is stored, "17:30" or "24:00", written as the other times are. */
export function formatClock(time: string): string {
  return formatTime(`2000-01-01T${time === '24:00' ? '00:00' : time}Z`, 'UTC')
}

/** An hour of a day, 0 to 24, as a clock shows its beginning: "9:00 AM". */
export const formatHour = (hour: number): string => formatClock(`${String(hour).padStart(2, '0')}:00`)

/** To the second and with its zone, "Nov 21, 2026, 2:05:09 PM EST": for what is quoted elsewhere. */
export function formatExact(iso: string, timeZone: string): string {
  return format(iso, {
    timeZone, year: 'numeric', month: 'short', day: 'numeric', hour: 'numeric', minute: '2-digit', second: '2-digit', timeZoneName: 'short',
  })
}

const steps: [Intl.RelativeTimeFormatUnit, number][] = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
]

/** "3 min. ago", "in 2 hr."; under a minute "now". */
export function formatRelative(iso: string, now: Date): string {
  const seconds = (Date.parse(iso) - now.getTime()) / 1000
  const [unit, size] = steps.find(([, size]) => Math.abs(seconds) >= size) ?? ['second', Infinity]
  return relative.format(Math.trunc(seconds / size) || 0, unit)
}

function format(iso: string, options: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat(localesOf[style.value].dates, options).format(new Date(iso))
}
