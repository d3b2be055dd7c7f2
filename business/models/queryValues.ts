/** What stands in the address of a filtered page: as it is read, whatever somebody wrote there. */
export type Query = Record<string, unknown>

/** Only what says something. */
export function withoutEmpty<T extends object>(conditions: T): T {
  const isEmpty = (value: unknown) => value === undefined || value === '' || (Array.isArray(value) && value.length === 0)
  return Object.fromEntries(Object.entries(conditions).filter(([, value]) => !isEmpty(value))) as T
}

export const isId = (value: string) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(value)
export const listOf = (value: unknown) => (typeof value === 'string' ? value.split(',') : [])
export const idOf = (value: unknown) => (typeof value === 'string' && isId(value) ? value : undefined)
export const joined = (values: readonly string[] | undefined) => (values?.length ? values.join(',') : undefined)

/** A day of the calendar; the 31st of November is none. */
export function dayOf(value: unknown): string | undefined {
  if (typeof value !== 'string' || !/^\d{4}-\d\d-\d\d$/.test(value)) return undefined
  const time = Date.parse(`${value}T00:00:00Z`)
  return Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== value ? undefined : value
}

/** The known ones of a list; words that nobody knows are as if they were not there. */
export function knownOf<T extends string>(value: unknown, known: readonly T[]): T[] {
  return listOf(value).filter((word): word is T => (known as readonly string[]).includes(word))
}
