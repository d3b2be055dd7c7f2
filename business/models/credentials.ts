import { z } from 'zod'
import { companyTypes } from './account.ts'

/**
 * What a password must have. Supabase Auth checks the same (config.toml: 8 characters, small and capital letters, digits,
 * symbols, of which all its versions know these eight); shown while typing, so that nobody learns of them by a refusal.
 */
export const passwordRules = {
  length: (password: string) => password.length >= 8,
  letters: (password: string) => /[a-z]/.test(password) && /[A-Z]/.test(password),
  digit: (password: string) => /[0-9]/.test(password),
  special: (password: string) => /[!@#$%^&*]/.test(password),
} as const

export type PasswordRule = keyof typeof passwordRules

export const passwordRuleNames = Object.keys(passwordRules) as PasswordRule[]

/** bcrypt reads no more than 72 bytes; the auth service refuses a longer password. */
const passwordBytesMax = 72

const password = z
  .string()
  .min(1)
  .refine((value) => Object.values(passwordRules).every((holds) => holds(value)), 'auth.errors.password')
  .refine((value) => new TextEncoder().encode(value).length <= passwordBytesMax, 'auth.errors.password_long')

const email = z.string().trim().pipe(z.email())

export const emailSchema = z.object({ email })

export const signInSchema = z.object({ email, password: z.string().min(1) })

export const newPasswordSchema = z.object({ password })

/** present: empty where it is not asked for. */
export const changedPasswordSchema = (asksForPresent: () => boolean) => z.object({
  present: z.string().refine((value) => value !== '' || !asksForPresent(), 'auth.errors.present_password'),
  password,
})

export const companySchema = z.object({ company_name: z.string().trim().min(1).max(120), company_type: z.enum(companyTypes) })

export const signUpSchema = z.object({
  name: z.string().trim().min(1).max(120),
  ...companySchema.shape,
  email,
  password,
})

/** Of somebody who was invited: the company is there already. */
export const invitedSignUpSchema = signUpSchema.extend({ company_name: z.literal('') })
