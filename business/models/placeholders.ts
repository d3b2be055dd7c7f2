/** What texts of an assistant can speak of. */
export interface PlaceholderValues {
  name: string | null
  company: string | null
  email: string | null
  phone: string | null
  attributes: Record<string, unknown> | null
}

const builtIn = ['name', 'company', 'email', 'phone'] as const
const longestValue = 500

/**
 * The provider's own template language ({{ }} and {% %}) comes first, so that it is never taken for ours and stays as it
 * is; a quotation mark is in no attribute's name, so an example in JSON stays, too.
 */
const pattern = /\{\{[^\n]*?\}\}|\{%[^\n]*?%\}|\{([^{}|"\n]{1,80})(?:\|([^{}\n]*))?\}/g

/**
 * Fills in {name}, {company}, {email}, {phone} and {any attribute}; {name|there} falls back to "there". What is neither
 * known nor given a default becomes nothing: a person should hear a gap rather than braces. The editor's preview and the
 * dialler use this same function.
 */
export function renderPlaceholders(template: string, values: PlaceholderValues): string {
  return template.replace(pattern, (whole, name?: string, fallback?: string) =>
    name === undefined ? whole : valueOf(name, values) || (fallback ?? '').trim(),
  )
}

/** Placeholders that no contact can fill, in the order of the text and as they stand there; for the editor. */
export function unknownPlaceholders(template: string, attributes: readonly string[]): string[] {
  const known = new Set([...builtIn, ...attributes].map(normalised))
  const unknown = [...template.matchAll(pattern)].filter(([, name]) => name === undefined || !known.has(normalised(name)))
  return [...new Set(unknown.map(([whole]) => whole))]
}

function valueOf(name: string, values: PlaceholderValues): string {
  const wanted = normalised(name)
  const own = builtIn.find((field) => field === wanted)
  if (own) return harmless(values[own])
  const attribute = Object.entries(values.attributes ?? {}).find(([key]) => normalised(key) === wanted)
  return harmless(attribute?.[1])
}

const normalised = (name: string) => name.trim().toLowerCase()

/**
 * Values come from files of strangers and end up in a prompt over which the provider runs a template language: single
 * line, no control characters, no braces, of bounded length.
 */
function harmless(value: unknown): string {
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') return ''
  const plain = String(value)
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .replaceAll('{', '(')
    .replaceAll('}', ')')
    .trim()
  return Array.from(plain).slice(0, longestValue).join('')
}
