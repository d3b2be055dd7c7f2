interface ZoneOption {
  value: string
  label: string
  keywords: string
}

let options: ZoneOption[] | undefined

/** Every zone the browser knows, by place, with the difference to UTC of today: "New York (UTC−5)". */
export function timeZoneOptions(now = new Date()): ZoneOption[] {
  options ??= ['UTC', ...Intl.supportedValuesOf('timeZone').filter((zone) => zone.includes('/'))].map((zone) => toOption(zone, now))
  return options
}

/** The zone this browser runs in; UTC where it is none that anybody could choose. */
export function ownTimeZone(): string {
  const own = new Intl.DateTimeFormat().resolvedOptions().timeZone
  return timeZoneOptions().some(({ value }) => value === own) ? own : 'UTC'
}

/** "America/New_York" → "New York"; the region stays where the place alone is not known, as in "Argentina/Ushuaia". */
export function zoneName(zone: string): string {
  return zone.split('/').slice(1).reverse().join(', ').replaceAll('_', ' ') || zone
}

function toOption(zone: string, now: Date): ZoneOption {
  return { value: zone, label: `${zoneName(zone)} (${offsetOf(zone, now)})`, keywords: zone.replaceAll('_', ' ') }
}

function offsetOf(zone: string, now: Date): string {
  const parts = new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'shortOffset' }).formatToParts(now)
  return (parts.find(({ type }) => type === 'timeZoneName')?.value ?? 'UTC').replace('GMT', 'UTC')
}
