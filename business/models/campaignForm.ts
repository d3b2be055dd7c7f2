import { z } from 'zod'
import type { CampaignContent } from './campaign.ts'

/**
 * What the form holds: a plain week (days, from, to) instead of a list of windows. A draft may lack what a start needs;
 * what it lacks is told at once when the person wants to go on, and by the blockers of the draft otherwise.
 */
export const campaignSchema = z
  .object({
    name: z.string().trim().min(1).max(120),
    description: z.string().trim().max(500),
    assistant_id: z.string().nullable(),
    time_zone: z.string().nullable().refine((zone) => zone !== null, { error: 'campaigns.errors.time_zone' }),
    max_attempts: z.string(),
    days: z.array(z.number()),
    opens_at: z.string().regex(/^\d\d:\d\d$/, 'campaigns.errors.time'),
    closes_at: z.string().regex(/^\d\d:\d\d$/, 'campaigns.errors.time'),
    audience: z.string(),
    is_draft: z.boolean(),
  })
  .refine(({ is_draft, assistant_id }) => is_draft || assistant_id !== null, { error: 'campaigns.errors.assistant', path: ['assistant_id'], when: always })
  .refine(({ is_draft, days }) => is_draft || days.length > 0, { error: 'campaigns.errors.days', path: ['days'], when: always })
  .refine(({ opens_at, closes_at }) => opens_at < endOfDay(closes_at), { error: 'campaigns.errors.window', path: ['closes_at'] })
/** What the form holds while it is written, and what it is once it is right. */
export type CampaignFormInput = z.input<typeof campaignSchema>
export type CampaignFormValues = z.output<typeof campaignSchema>

/** Monday to Friday, office hours: what most people may be called at everywhere. */
export function emptyCampaign(timeZone: string): CampaignFormInput {
  return {
    name: '', description: '', assistant_id: null, time_zone: timeZone, max_attempts: '3', audience: '', is_draft: false,
    days: [1, 2, 3, 4, 5], opens_at: '09:00', closes_at: '17:00',
  }
}

/** As much of a campaign's settings as the form shows. */
type WeekContent = Pick<CampaignContent, 'name' | 'description' | 'assistant_id' | 'time_zone' | 'max_attempts' | 'windows'>

/** A campaign as the form shows it; windows of different hours are shown by the first. */
export function campaignFormOf(content: WeekContent): CampaignFormInput {
  const [first] = content.windows
  return {
    name: content.name,
    description: content.description,
    assistant_id: content.assistant_id,
    time_zone: content.time_zone,
    max_attempts: String(content.max_attempts),
    days: [...new Set(content.windows.map(({ weekday }) => weekday))].sort(),
    opens_at: first?.opens_at ?? '09:00',
    closes_at: first?.closes_at === '24:00' ? '00:00' : (first?.closes_at ?? '17:00'),
    audience: '',
    is_draft: false,
  }
}

export function campaignContentOf(values: CampaignFormValues): WeekContent {
  const { days, opens_at, closes_at, max_attempts, name, description, assistant_id, time_zone } = values
  const windows = days.map((weekday) => ({ weekday, opens_at, closes_at: endOfDay(closes_at) }))
  return { name, description, assistant_id, time_zone, max_attempts: Number(max_attempts), windows }
}

/** A time field cannot say 24:00; midnight as a closing time means the end of the day. */
function endOfDay(time: string): string {
  return time === '00:00' ? '24:00' : time
}

/** Rules over several fields would otherwise wait until every single field is right, and complain in a second round. */
function always(): boolean {
  return true
}
