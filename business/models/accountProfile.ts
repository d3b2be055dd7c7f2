import { z } from 'zod'
import { companyTypes, type Account } from './account.ts'
import { formatStyles } from './formatStyle.ts'

/** What whoever manages an account can call it. The zone is that of the company itself: its days, reports and daily limit follow it. */
export const accountProfileSchema = z.object({
  name: z.string().trim().min(1).max(120),
  company_type: z.enum(companyTypes),
  time_zone: z.string().min(1),
  format_style: z.enum(formatStyles),
})
export type AccountProfile = z.output<typeof accountProfileSchema>

export const accountProfileOf = ({ name, company_type, time_zone, format_style }: Account): AccountProfile =>
  ({ name, company_type, time_zone, format_style })
