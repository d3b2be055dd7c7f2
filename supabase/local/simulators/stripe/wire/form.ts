/** Form-encoded parameters with brackets: `line_items[0][price_data][currency]=usd`, `expand[]=customer`. Values stay texts. */
export type Form = { [name: string]: FormValue }
export type FormValue = string | Form | FormValue[]

const NAME = /^([^[\]]+)((?:\[[^[\]]*\])*)$/

export function parseForm(text: string): Form {
  const form: Form = {}
  for (const [name, value] of new URLSearchParams(text)) {
    const [, head = name, tail = ''] = NAME.exec(name) ?? []
    place(form, [head, ...[...tail.matchAll(/\[([^[\]]*)\]/g)].map(([, part = '']) => part)], value)
  }
  return withArrays(form) as Form
}

function place(form: Form, [name = '', ...rest]: string[], value: string): void {
  const key = name === '' ? String(Object.keys(form).length) : name
  if (rest.length === 0) return define(form, key, value)
  const known = Object.hasOwn(form, key) ? form[key] : undefined
  const inner = isForm(known) ? known : {}
  define(form, key, inner)
  place(inner, rest, value)
}

/** Assignment would let a parameter named __proto__ change what all objects are. */
function define(form: Form, key: string, value: FormValue): void {
  Object.defineProperty(form, key, { value, enumerable: true, configurable: true, writable: true })
}

const isForm = (value: FormValue | undefined): value is Form => typeof value === 'object' && !Array.isArray(value)

/** What has the keys 0, 1, 2 … is a list. */
function withArrays(value: FormValue): FormValue {
  if (!isForm(value)) return value
  const keys = Object.keys(value)
  const isList = keys.length > 0 && keys.every((key, place) => key === String(place))
  if (isList) return keys.map((key) => withArrays(value[key] ?? ''))
  for (const key of keys) define(value, key, withArrays(value[key] ?? ''))
  return value
}

/** The same for the same parameters, in whatever order they come. */
export function fingerprint(value: FormValue): string {
  if (typeof value === 'string') return JSON.stringify(value)
  if (Array.isArray(value)) return `[${value.map(fingerprint).join()}]`
  return `{${Object.keys(value).sort().map((key) => `${JSON.stringify(key)}:${fingerprint(value[key] ?? '')}`).join()}}`
}
