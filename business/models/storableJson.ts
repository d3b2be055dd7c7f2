/** Deeper than any message of a provider, and well within what Postgres can parse. */
const deepest = 60
const secretKeys = /^(x-vapi-secret|authorization|secret|client_secret)$/i

/**
 * A JSON value as jsonb can hold it: Postgres refuses NUL characters and halves of surrogate pairs, and one such character
 * in a transcript would make a provider repeat its webhook for ever. Secrets that a provider echoes (a call's own
 * server headers, what would let a browser confirm a payment) are not kept.
 */
export function storableJson(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return storableText(value)
  if (typeof value !== 'object' || value === null) return value
  if (depth >= deepest) return '…'
  if (Array.isArray(value)) return value.map((entry) => storableJson(entry, depth + 1))
  return Object.fromEntries(
    Object.entries(value).map(([key, entry]) => [storableText(key), secretKeys.test(key) ? '…' : storableJson(entry, depth + 1)]),
  )
}

/** A text as Postgres can hold it. */
export function storableText(text: string): string {
  return text.replaceAll('\u0000', '').replace(/[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g, '\uFFFD')
}
