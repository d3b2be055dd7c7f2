/**
 * Where the contacts live, with numbers that no telephone has: 555-0100 to 0199 of each North American area code, and the
 * ranges that the regulators of the United Kingdom (020 7946) and Australia (02 5550) keep free for stories.
 */
export interface Place {
  city: string
  time_zone: string
  /** The number up to its last two digits. */
  prefix: string
  /** The last two digits, from and to; those up to 09 mean something to the simulated carrier. */
  from: number
  to: number
}

const american = (city: string, time_zone: string, area: string): Place => ({ city, time_zone, prefix: `+1${area}55501`, from: 10, to: 99 })

export const TRADE_FAIR: Place[] = [
  american('New York', 'America/New_York', '212'), american('Boston', 'America/New_York', '617'), american('Chicago', 'America/Chicago', '312'),
  american('Dallas', 'America/Chicago', '214'), american('Denver', 'America/Denver', '303'), american('Seattle', 'America/Los_Angeles', '206'),
  american('San Francisco', 'America/Los_Angeles', '415'), american('Baltimore', 'America/New_York', '410'),
]
export const BADGES = [american('Atlanta', 'America/New_York', '404')]
export const VISITORS = [american('Columbus', 'America/New_York', '614')]
export const CUSTOMERS: Place[] = [
  american('Brooklyn', 'America/New_York', '646'), american('Philadelphia', 'America/New_York', '215'), american('Houston', 'America/Chicago', '713'),
  american('Austin', 'America/Chicago', '512'), american('Minneapolis', 'America/Chicago', '612'), american('Portland', 'America/Los_Angeles', '503'),
  american('San Diego', 'America/Los_Angeles', '619'), american('Las Vegas', 'America/Los_Angeles', '702'),
  { city: 'London', time_zone: 'Europe/London', prefix: '+4420794601', from: 10, to: 99 },
  { city: 'London', time_zone: 'Europe/London', prefix: '+4420794602', from: 10, to: 99 },
  { city: 'Sydney', time_zone: 'Australia/Sydney', prefix: '+612555011', from: 10, to: 99 },
  { city: 'Sydney', time_zone: 'Australia/Sydney', prefix: '+612555012', from: 10, to: 99 },
]
export const WORKSHOPS: Place[] = [
  american('Miami', 'America/New_York', '305'), american('Los Angeles', 'America/Los_Angeles', '213'), american('San Antonio', 'America/Chicago', '210'),
  american('Phoenix', 'America/Phoenix', '602'), american('McAllen', 'America/Chicago', '956'),
]
