import { z } from 'zod'
import { emailPattern, shortTextMax, type ContactWish } from './contact.ts'
import { readPhone, type CountryCode } from './phone.ts'

/** What a person types about a contact. Beside contact.ts, because pages that only show contacts need no tables of numbers. */

const segmentMax = 100

/** A number as people write it, made international; one without its country code belongs to the default country. */
export function phoneField(defaultCountry: CountryCode | null) {
  return z.string().transform((written, context) => {
    const read = readPhone(written, defaultCountry)
    // A form says which number to write; a call to one with an extension would end at somebody else's desk.
    if ('phone' in read && !read.extension) return read.phone
    context.addIssue({ code: 'custom', message: `contacts.faults.${'phone' in read ? 'has_extension' : read.fault}` })
    return z.NEVER
  })
}

/** Lines of a form as the fields they name; a line without a name says nothing. */
const attributesField = z
  .array(z.object({ name: z.string().trim(), value: z.string().trim() }))
  .transform((rows) => rows.filter(({ name }) => name !== ''))
  .refine((rows) => new Set(rows.map(({ name }) => name)).size === rows.length, { error: 'contacts.attributes.twice' })
  .transform((rows): Record<string, string> => Object.fromEntries(rows.map(({ name, value }) => [name, value])))

/** The fields as lines of a form. */
export function attributeLines(attributes: Record<string, unknown>): { name: string, value: string }[] {
  return Object.entries(attributes).map(([name, value]) => ({ name, value: typeof value === 'string' ? value : JSON.stringify(value) }))
}

/** The contact form. */
export function contactSchema(defaultCountry: CountryCode | null) {
  return z.object({
    name: z.string().trim().max(shortTextMax),
    phone: phoneField(defaultCountry),
    email: z.union([z.literal(''), z.string().trim().regex(emailPattern, 'contacts.faults.invalid_email')]),
    company: z.string().trim().max(shortTextMax),
    time_zone: z.string().nullable(),
    region: z.string().nullable(),
    locale: z.union([z.literal(''), z.string().trim().regex(/^[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8})*$/, 'contacts.faults.unknown_locale')]),
    segment: z.string().trim().max(segmentMax),
    assistant_id: z.string().nullable(),
    attributes: attributesField,
    wish: z
      .object({ from: z.string(), until: z.string(), days: z.array(z.number()) })
      .refine(({ from, until }) => (from === '') === (until === ''), { error: 'contacts.wish.errors.half' })
      .refine(({ from, until }) => from === '' || from !== until, { error: 'contacts.wish.errors.same' })
      .transform(({ from, until, days }) => wishOf(from, until, days)),
  })
}

/** All seven days, or none of them, are the same as saying nothing about days. */
function wishOf(from: string, until: string, days: number[]): ContactWish | null {
  const isAnyDay = days.length === 0 || days.length === 7
  if (from === '' && isAnyDay) return null
  return { from: from || null, until: until || null, days: isAnyDay ? null : [...days].sort() }
}

/** A wish as the form shows it. */
export function wishInputOf(wish: ContactWish | null) {
  return { from: wish?.from ?? '', until: wish?.until ?? '', days: wish?.days ?? [] }
}
