/** What a request may carry. Whatever the provider does not know it refuses, by the name that the sender wrote. */
import { z } from 'zod'
import type { Form } from './form.ts'
import { invalid, type Refusal } from './refusal.ts'

export function checked<Schema extends z.ZodType>(schema: Schema, form: Form): z.infer<Schema> {
  const { success, data, error } = schema.safeParse(form)
  if (success) return data
  throw refusalOf(error.issues, form)
}

function refusalOf(issues: z.core.$ZodIssue[], form: Form): Refusal {
  const unknown = issues.find((issue) => issue.code === 'unrecognized_keys')
  if (unknown) {
    const names = unknown.keys.map((key) => written([...unknown.path, key]))
    return invalid(`Received unknown parameter${names.length > 1 ? 's' : ''}: ${names.join(', ')}`, names[0], 'parameter_unknown')
  }
  const [issue] = issues
  return issue ? sentence(issue, form) : invalid('The request is invalid.')
}

function sentence(issue: z.core.$ZodIssue, form: Form): Refusal {
  const name = written(issue.path)
  if (issue.code === 'custom') return invalid(issue.message, name, (issue.params as { code?: string } | undefined)?.code)
  if (valueAt(form, issue.path) === undefined) return invalid(`Missing required param: ${name}.`, name, 'parameter_missing')
  if (issue.code === 'invalid_value') return invalid(`Invalid ${name}: must be one of ${issue.values.join(', ')}`, name)
  if (issue.code === 'invalid_type') return invalid(`Invalid ${issue.expected === 'array' ? 'array' : 'object'}`, name)
  return invalid(issue.message, name)
}

function valueAt(form: Form, path: PropertyKey[]): unknown {
  return path.reduce<unknown>((value, part) => typeof value === 'object' && value !== null ? (value as Record<PropertyKey, unknown>)[part] : undefined, form)
}

/** line_items[0][price_data][currency] */
const written = ([head = '', ...rest]: PropertyKey[]): string => `${String(head)}${rest.map((part) => `[${String(part)}]`).join('')}`

const complaint = (message: string, code?: string) => ({ message, ...(code !== undefined && { params: { code } }) })

export const text = (longest = 5000): z.ZodString => z.string()
  .refine((value) => value !== '', complaint('You passed an empty string. We assume empty values are an attempt to unset a parameter; however this one cannot be unset.', 'parameter_invalid_empty'))
  .refine((value) => value.length <= longest, complaint(`Invalid string: must be at most ${longest} characters`, 'parameter_too_long'))

/** An empty text takes back what was said before. */
export const unsettable = (longest = 5000) => z.string().refine((value) => value.length <= longest, complaint(`Invalid string: must be at most ${longest} characters`)).transform((value) => value || null)

export const whole = z.string().refine((value) => /^-?\d{1,15}$/.test(value), complaint('Invalid integer', 'parameter_invalid_integer')).transform(Number)
export const yesNo = z.string().refine((value) => value === 'true' || value === 'false', complaint('Invalid boolean: must be either true or false')).transform((value) => value === 'true')
export const address = z.string().refine(isUrl, complaint('Not a valid URL', 'url_invalid'))
export const email = z.string().refine((value) => /^[^@\s]+@[^@\s]+$/.test(value), complaint('Invalid email address', 'email_invalid'))
export const currency = z.string().transform((value) => value.toLowerCase()).refine((value) => ['usd', 'eur', 'gbp', 'chf', 'jod', 'sar', 'aed'].includes(value), complaint('Invalid currency. Stripe currently supports these currencies: usd, eur, gbp, chf, jod, sar, aed'))

/** At most 50 keys of 40 characters, values of 500; an empty value removes its key. */
export const metadata = z.union([z.literal('').transform(() => ({} as Record<string, string>)), z.record(z.string(), z.string())])
  .refine((value) => Object.keys(value).length <= 50, complaint('You can have up to 50 metadata keys.'))
  .refine((value) => Object.keys(value).every((key) => key.length <= 40), complaint('Metadata keys must be at most 40 characters.'))
  .refine((value) => Object.values(value).every((one) => one.length <= 500), complaint('Metadata values must be at most 500 characters.'))

export const expand = z.array(z.string()).max(20).default([])

export function withMetadata(known: Record<string, string>, changes: Record<string, string> = {}): Record<string, string> {
  return Object.fromEntries(Object.entries({ ...known, ...changes }).filter(([, value]) => value !== ''))
}

function isUrl(value: string): boolean {
  return URL.canParse(value) && /^https?:$/.test(new URL(value).protocol)
}

/** Passed on in the answer without being understood here. */
export const anything: z.ZodType<unknown> = z.unknown()
