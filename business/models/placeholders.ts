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
  return renderedParts(template, values).map(({ text }) => text).join('')
}

/** A stretch of a rendered text: written by hand, known of the contact, its default, or the gap that nothing fills. */
export interface RenderedPart {
  kind: 'text' | 'value' | 'fallback' | 'gap'
  text: string
  /** As it stands in the template; of a placeholder only. */
  placeholder?: string
}

/** The same text in pieces, so that a preview can show what comes from where. */
export function renderedParts(template: string, values: PlaceholderValues): RenderedPart[] {
  const parts: RenderedPart[] = []
  let end = 0
  for (const match of template.matchAll(pattern)) {
    const [placeholder, name, fallback] = match
    if (name === undefined) continue
    parts.push({ kind: 'text', text: template.slice(end, match.index) }, filled(placeholder, valueOf(name, values), (fallback ?? '').trim()))
    end = match.index + placeholder.length
  }
  return [...parts, { kind: 'text' as const, text: template.slice(end) }].filter(({ kind, text }) => kind !== 'text' || text)
}

function filled(placeholder: string, value: string, fallback: string): RenderedPart {
  if (value) return { kind: 'value', text: value, placeholder }
  return { kind: fallback ? 'fallback' : 'gap', text: fallback, placeholder }
}

/** How long somebody listens to a text, at the 150 words a minute of an unhurried voice. */
export function spokenSeconds(text: string): number {
  const words = text.split(/\s+/).filter(Boolean).length
  return Math.ceil(words / 2.5)
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
