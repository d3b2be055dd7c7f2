import { asObject, asText, pick, type JsonObject } from '../../json.ts'

const uuid = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i

/** The provider's id of the call a message speaks of. */
export function providerCallId(message: JsonObject): string | null {
  const id = asText(pick(message, 'call', 'id')) ?? asText(message.callId)
  return id && id.length <= 200 ? id : null
}

/**
 * Our attempt id, wherever it survived: it is sent as the call's name, as the customer's external id and as metadata of
 * the assistant, because none of the three is documented to come back in every message.
 */
export function attemptIdOf(call: JsonObject | null, message: JsonObject = {}): string | null {
  const places = [
    call?.name,
    pick(call, 'assistantOverrides', 'metadata', 'attempt_id'),
    pick(call, 'assistant', 'metadata', 'attempt_id'),
    pick(call, 'customer', 'externalId'),
    pick(message, 'customer', 'externalId'),
    pick(call, 'metadata', 'attempt_id'),
    pick(message, 'assistant', 'metadata', 'attempt_id'),
  ]
  const id = places.map(asText).find((text) => text !== null && uuid.test(text))
  return id?.toLowerCase() ?? null
}

export function snapshotOf(message: JsonObject): JsonObject | null {
  return asObject(message.call)
}
