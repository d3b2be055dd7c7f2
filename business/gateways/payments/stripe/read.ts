import { asNumber, asText, pick, type JsonObject } from '../../json.ts'

/** Reading of Stripe's objects, from a webhook, an answer or an error alike. Every function is total. */

const uuid = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i

/** A reference is an id, or the whole object where somebody asked for it to be expanded. */
export function idOf(value: unknown): string | null {
  return asText(value) ?? asText(pick(value, 'id'))
}

/** Whole cents; anything else is no amount. */
export function centsOf(value: unknown): number | null {
  const number = typeof value === 'number' ? asNumber(value) : null
  return number !== null && Number.isSafeInteger(number) && number >= 0 ? number : null
}

export function currencyOf(value: unknown): string | null {
  return asText(value)?.toLowerCase() ?? null
}

/** Our order, where we wrote it. Payment links and other products of the same provider account carry ids of their own there. */
export function orderIdOf(object: JsonObject): string | null {
  const places = [object.client_reference_id, pick(object, 'metadata', 'order_id')]
  return places.map(asText).find((text) => text !== null && uuid.test(text))?.toLowerCase() ?? null
}
