import { z } from 'zod'
import { phoneField } from './contactForm.ts'
import type { CountryCode } from './phone.ts'

export const ownNumberSchema = (defaultCountry: CountryCode | null) => z.object({ phone: phoneField(defaultCountry) })

/** As people type what they hear: with spaces or without. */
export const codeSchema = z.object({
  code: z.string().transform((typed, context) => {
    const digits = typed.replace(/[\s-]/g, '')
    if (/^\d{6}$/.test(digits)) return digits
    context.addIssue({ code: 'custom', message: 'test_call.code.six' })
    return z.NEVER
  }),
})
