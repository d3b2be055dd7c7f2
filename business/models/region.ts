/**
 * Calling regions: the place whose calling rules protect a contact. A country, or where its states have rules of their own
 * a state or province of it: US-FL, CA-ON, DE. private.region_chain in SQL says which rules apply in each.
 */

const states: Record<string, string> = {
  'US-AL': 'Alabama', 'US-AK': 'Alaska', 'US-AZ': 'Arizona', 'US-AR': 'Arkansas', 'US-CA': 'California', 'US-CO': 'Colorado', 'US-CT': 'Connecticut',
  'US-DE': 'Delaware', 'US-DC': 'District of Columbia', 'US-FL': 'Florida', 'US-GA': 'Georgia', 'US-HI': 'Hawaii', 'US-ID': 'Idaho', 'US-IL': 'Illinois',
  'US-IN': 'Indiana', 'US-IA': 'Iowa', 'US-KS': 'Kansas', 'US-KY': 'Kentucky', 'US-LA': 'Louisiana', 'US-ME': 'Maine', 'US-MD': 'Maryland',
  'US-MA': 'Massachusetts', 'US-MI': 'Michigan', 'US-MN': 'Minnesota', 'US-MS': 'Mississippi', 'US-MO': 'Missouri', 'US-MT': 'Montana', 'US-NE': 'Nebraska',
  'US-NV': 'Nevada', 'US-NH': 'New Hampshire', 'US-NJ': 'New Jersey', 'US-NM': 'New Mexico', 'US-NY': 'New York', 'US-NC': 'North Carolina',
  'US-ND': 'North Dakota', 'US-OH': 'Ohio', 'US-OK': 'Oklahoma', 'US-OR': 'Oregon', 'US-PA': 'Pennsylvania', 'US-RI': 'Rhode Island',
  'US-SC': 'South Carolina', 'US-SD': 'South Dakota', 'US-TN': 'Tennessee', 'US-TX': 'Texas', 'US-UT': 'Utah', 'US-VT': 'Vermont', 'US-VA': 'Virginia',
  'US-WA': 'Washington', 'US-WV': 'West Virginia', 'US-WI': 'Wisconsin', 'US-WY': 'Wyoming',
  'CA-AB': 'Alberta', 'CA-BC': 'British Columbia', 'CA-MB': 'Manitoba', 'CA-NB': 'New Brunswick', 'CA-NL': 'Newfoundland and Labrador',
  'CA-NS': 'Nova Scotia', 'CA-NT': 'Northwest Territories', 'CA-NU': 'Nunavut', 'CA-ON': 'Ontario', 'CA-PE': 'Prince Edward Island', 'CA-QC': 'Quebec',
  'CA-SK': 'Saskatchewan', 'CA-YT': 'Yukon',
}

/** "Florida, United States"; a code nobody has words for stays as it is, and none is nothing. */
export function regionName(code: string): string {
  const country = countryName(code.slice(0, 2))
  return states[code] ? `${states[code]}, ${country}` : code.length === 2 ? country : code
}

/**
 * The region that a file's cell names: US-FL, FL, Florida, Germany. A short code is first a state of the number's own country,
 * because CA is California to an American and Canada to everybody else. Null: not known.
 */
export function readRegion(written: string, country: string | null): string | null {
  const text = written.trim().toUpperCase()
  if (states[text]) return text
  if (states[`${country}-${text}`]) return `${country}-${text}`
  return byName().get(text) ?? (/^[A-Z]{2}$/.test(text) && countryName(text) !== text ? text : null)
}

let names: Map<string, string> | undefined

function byName(): Map<string, string> {
  names ??= new Map([
    ...countryCodes().map((code) => [countryName(code).toUpperCase(), code] as const),
    ...Object.entries(states).map(([code, name]) => [name.toUpperCase(), code] as const),
    ['USA', 'US'], ['UK', 'GB'], ['GREAT BRITAIN', 'GB'],
  ])
  return names
}

/** Every two letters that the browser has a country's name for. */
function countryCodes(): string[] {
  const letters = Array.from({ length: 26 }, (_, index) => String.fromCharCode(65 + index))
  return letters.flatMap((first) => letters.map((second) => first + second)).filter((code) => countryName(code) !== code)
}

export interface RegionChoice {
  code: string
  name: string
}

/** Every region a person can state, states before the countries of the world. */
export function regionChoices(countries: readonly string[]): RegionChoice[] {
  return [...Object.keys(states), ...countries].map((code) => ({ code, name: regionName(code) }))
}

function countryName(code: string): string {
  return /^[A-Z]{2}$/.test(code) ? (new Intl.DisplayNames(['en'], { type: 'region' }).of(code) ?? code) : code
}
