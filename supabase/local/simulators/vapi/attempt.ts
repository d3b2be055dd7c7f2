/** The dialler's own id of an attempt, which it may write in several places; they must agree, and it must come only once. */

const PLACES = ['name', 'customer.externalId', 'assistant.metadata.attempt_id', 'assistantOverrides.metadata.attempt_id']

interface Attempt { id: string | undefined, disagreement: string | undefined }

/** Reads the raw body, so that a refused request counts as an origination too: a hidden retry of a refused dial is a retry. */
export function attemptOf(body: unknown): Attempt {
  const found = PLACES.map((place) => [place, valueAt(body, place.split('.'))] as const).filter(([, id]) => id !== undefined && id !== null)
  const ids = new Set(found.map(([, id]) => id))
  const [id] = ids
  return { id: typeof id === 'string' ? id : undefined, disagreement: ids.size > 1 ? JSON.stringify(Object.fromEntries(found)) : undefined }
}

function valueAt(value: unknown, [field, ...rest]: string[]): unknown {
  if (field === undefined) return value
  return typeof value === 'object' && value !== null ? valueAt((value as Record<string, unknown>)[field], rest) : undefined
}
