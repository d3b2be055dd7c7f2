/**
 * How an account's people write days, times and numbers: "Nov 22, 2026, 2:05 PM" and 1,234.5 (american), "22 Nov 2026, 14:05" (british),
 * the same with 1.234,5 (continental) or 1'234.5 (swiss), "22 Nov 2026, 2:05 pm" and 12,34,567.5 (indian). The words stay English.
 */
export const formatStyles = ['american', 'british', 'continental', 'swiss', 'indian'] as const
export type FormatStyle = (typeof formatStyles)[number]

/** Whose habits each style has, as Intl knows them: of days and times in English, and of numbers and money. */
export const localesOf: Readonly<Record<FormatStyle, { dates: string, numbers: string }>> = {
  american: { dates: 'en-US', numbers: 'en-US' },
  british: { dates: 'en-GB', numbers: 'en-GB' },
  continental: { dates: 'en-GB', numbers: 'de-DE' },
  swiss: { dates: 'en-GB', numbers: 'de-CH' },
  indian: { dates: 'en-IN', numbers: 'en-IN' },
}

/** A moment and a number in that style, for whoever chooses one. */
export function sampleOf(style: FormatStyle): string {
  const { dates, numbers } = localesOf[style]
  const moment = new Intl.DateTimeFormat(dates, { timeZone: 'UTC', dateStyle: 'medium', timeStyle: 'short' }).format(Date.UTC(2026, 10, 22, 14, 5))
  return `${moment} · ${new Intl.NumberFormat(numbers, { minimumFractionDigits: 2 }).format(1_234_567.5)}`
}
