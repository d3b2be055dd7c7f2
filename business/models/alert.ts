import { z } from 'zod'

/**
 * Something of the installation that lasted too long beyond what is usual: its rule's name as in config/alerts.yaml, the sum of the
 * rule's figures, and what became of the mails to the operators (null: nobody was told).
 */
export const raisedAlertSchema = z.object({
  name: z.string(),
  value: z.number(),
  raised_at: z.string(),
  told_at: z.string().nullable(),
  mails: z.enum(['sent', 'waiting', 'failed']).nullable(),
})
export type RaisedAlert = z.infer<typeof raisedAlertSchema>

/** A mail takes seconds; after this long nobody gets it, unless the mail service comes back. */
const patienceMs = 5 * 60_000

/** Does its mail not leave the installation? Then the page must say what the mail cannot. */
export function isMailStuck({ mails, told_at }: RaisedAlert, now: Date): boolean {
  if (mails === 'failed') return true
  return mails === 'waiting' && told_at !== null && now.getTime() - Date.parse(told_at) > patienceMs
}
