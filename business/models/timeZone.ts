/**
 * Names of time zones as people write them. Only what is certain becomes an IANA name: a wrong zone means a call at
 * night, while a refused one is a line in a list that somebody corrects.
 */

const northAmerica: Record<string, string> = {
  eastern: 'America/New_York',
  et: 'America/New_York',
  est: 'America/New_York',
  edt: 'America/New_York',
  central: 'America/Chicago',
  ct: 'America/Chicago',
  cst: 'America/Chicago',
  cdt: 'America/Chicago',
  // MST is missing: Arizona writes it too and keeps no daylight saving.
  mountain: 'America/Denver',
  mt: 'America/Denver',
  mdt: 'America/Denver',
  pacific: 'America/Los_Angeles',
  pt: 'America/Los_Angeles',
  pst: 'America/Los_Angeles',
  pdt: 'America/Los_Angeles',
}

const known = (() => {
  const zones = Intl.supportedValuesOf('timeZone').filter((zone) => zone.includes('/'))
  const cities = new Map<string, string | null>()
  for (const zone of zones) {
    const city = fold(zone.split('/').at(-1) ?? '')
    cities.set(city, cities.has(city) ? null : zone)
  }
  return { names: new Map(zones.map((zone) => [fold(zone), zone])), cities }
})()

/**
 * The IANA name of what is written, or null where it is unknown or could mean two zones. "EST" and "Eastern" are
 * certain only for a number of the United States or Canada; Australia has an Eastern time, too, and China a CST.
 */
export function readTimeZone(written: string, country: string | null): string | null {
  const text = fold(written)
  if (text === 'utc' || text === 'etc/utc') return 'UTC'
  return known.names.get(text) ?? known.cities.get(text) ?? aliasOf(text, country) ?? linkOf(written)
}

/**
 * The one zone of a country, or null when clocks differ inside it. Zones that kept the same time through this year and
 * the last count as one: nobody in Germany needs Europe/Busingen told apart from Europe/Berlin.
 */
export function timeZoneOfCountry(country: string | null, now = new Date()): string | null {
  const zones = zonesOf(country)
  const [first, ...others] = zones
  if (!first) return null
  const moments = Array.from({ length: 24 }, (_, month) => new Date(Date.UTC(now.getUTCFullYear() - 1, month, 15)))
  const isSame = others.every((zone) => moments.every((at) => offsetAt(zone, at) === offsetAt(first, at)))
  return isSame ? first : null
}

/** Whether the country's clocks include this zone; to guess the country of a company from its zone. */
export function countryHasZone(country: string, zone: string): boolean {
  return zonesOf(country).includes(zone)
}

/** The calendar day of an instant in a zone, "2026-11-21". */
export function dayIn(zone: string, at: Date): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone: zone, dateStyle: 'short' }).format(at)
}

/** The instant at which clocks of a zone show a time. An hour that clocks skip is the one after it; of one they show twice, the later. */
export function instantAt(day: string, time: string, zone: string): string {
  const shown = Date.parse(`${day}T${time}:00Z`)
  const guesses = [-1, 1].map((side) => shown - offsetMs(zone, new Date(shown + side * 86_400_000)))
  const right = guesses.filter((guess) => guess + offsetMs(zone, new Date(guess)) === shown)
  return new Date(Math.max(...(right.length > 0 ? right : guesses))).toISOString()
}

function offsetMs(zone: string, at: Date): number {
  const [, sign = '+', hours = '0', minutes = '0'] = /GMT([+-])(\d\d):(\d\d)/.exec(offsetAt(zone, at)) ?? []
  const milliseconds = (Number(hours) * 60 + Number(minutes)) * 60_000
  return sign === '-' ? -milliseconds : milliseconds
}

const zonesByCountry = new Map<string, string[]>()

function zonesOf(country: string | null): string[] {
  if (!country) return []
  const found = zonesByCountry.get(country)
  if (found) return found
  // Not every browser can tell; then nothing is certain.
  const locale: Intl.Locale & { getTimeZones?: () => string[] | undefined } = new Intl.Locale(`und-${country}`)
  const zones = (locale.getTimeZones?.() ?? []).filter((zone) => zone.includes('/'))
  zonesByCountry.set(country, zones)
  return zones
}

function aliasOf(text: string, country: string | null): string | undefined {
  if (country !== 'US' && country !== 'CA') return undefined
  const word = text.replace(/^us[/ ]|^america /, '').replace(/ (?:standard |daylight )?time$/, '')
  return Object.hasOwn(northAmerica, word) ? northAmerica[word] : undefined
}

/** Further names of the same zones, such as Asia/Kolkata for Asia/Calcutta, which the browser resolves. */
function linkOf(written: string): string | null {
  const name = written.trim().replaceAll(' ', '_')
  if (!/^[a-z]+\/[a-z0-9_/+-]{2,40}$/i.test(name)) return null
  try {
    const zone = new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone
    return zone.includes('/') ? zone : null
  } catch {
    // The constructor throws for a name it does not know: there is no other way to ask.
    return null
  }
}

function fold(text: string): string {
  return text.trim().toLowerCase().replace(/[\s_]+/g, ' ')
}

const clocks = new Map<string, Intl.DateTimeFormat>()

function offsetAt(zone: string, at: Date): string {
  const clock = clocks.get(zone) ?? new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'longOffset' })
  clocks.set(zone, clock)
  return clock.formatToParts(at).find(({ type }) => type === 'timeZoneName')?.value ?? ''
}
