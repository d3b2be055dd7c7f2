import type { CompanyType } from './account.ts'

/** The signed-in person. company_name and company_type are what they chose at sign-up, before an account exists. */
export interface SessionUser {
  user_id: string
  email: string
  name: string
  company_name: string | null
  company_type: CompanyType
}

export interface SignUp {
  name: string
  /** Empty: they were invited into one. */
  company_name: string
  company_type: CompanyType
  email: string
  password: string
}

/** Services whose sign-in may stand in for ours; which of them do is said by /config.js. */
export const signInProviders = ['github', 'google'] as const
export type SignInProvider = (typeof signInProviders)[number]
