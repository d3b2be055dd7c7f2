/** Reading of values whose shape nobody guarantees. Every function is total and answers null for "not there". */

export type JsonObject = Record<string, unknown>

export function asObject(value: unknown): JsonObject | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : null
}

export function asList(value: unknown): unknown[] | null {
  return Array.isArray(value) ? value : null
}

/** The objects of a list; whatever else stands in it is left out. */
export function asObjects(value: unknown): JsonObject[] | null {
  return asList(value)?.map(asObject).filter((entry) => entry !== null) ?? null
}

/** Walks down a path of keys. */
export function pick(value: unknown, ...path: string[]): unknown {
  return path.reduce<unknown>((inner, key) => asObject(inner)?.[key], value)
}

/** Empty strings occur where absent is meant. */
export function asText(value: unknown): string | null {
  return typeof value === 'string' && value.trim() !== '' ? value : null
}

/** Numbers also arrive as text. */
export function asNumber(value: unknown): number | null {
  if (typeof value !== 'number' && !asText(value)) return null
  const number = Number(value)
  return Number.isFinite(number) ? number : null
}

export function firstText(...values: unknown[]): string | null {
  return values.map(asText).find((text) => text !== null) ?? null
}

const firstPlausibleTime = Date.UTC(2015, 0, 1)
const lastPlausibleTime = Date.UTC(2100, 0, 1)
/** Larger than any plausible time in seconds, smaller than any in milliseconds. */
const secondsEnd = 1e11

/** A time as ISO text: from ISO text, milliseconds or seconds; null when it cannot be a time of a call. */
export function asTime(value: unknown): string | null {
  const ms = toMilliseconds(value)
  return ms !== null && ms >= firstPlausibleTime && ms < lastPlausibleTime ? new Date(ms).toISOString() : null
}

function toMilliseconds(value: unknown): number | null {
  const number = asNumber(value)
  if (number !== null) return Math.abs(number) < secondsEnd ? number * 1000 : number
  const parsed = Date.parse(asText(value) ?? '')
  return Number.isNaN(parsed) ? null : parsed
}

export function firstTime(...values: unknown[]): string | null {
  return values.map(asTime).find((time) => time !== null) ?? null
}
