import { z } from 'zod'
import { campaignPriorities, campaignPurposes, type CampaignContent, type CampaignDetails, type CampaignSetting } from './campaign.ts'
import { hoursOf, overlappingLine, windowsOf } from './callingWeek.ts'
import { dayAfter, dayOf, lastDayBefore } from './localTime.ts'
import { completeRetries, defaultRetries, retryRuleSchema } from './retryRules.ts'

const time = z.string().regex(/^\d\d:\d\d$/, 'campaigns.errors.time')
const optionalDay = z.union([z.literal(''), z.iso.date()])
/** The limit is named before the whole number is asked for: of two complaints the first is shown. */
const limit = (maximum: number) => z.number().min(1).max(maximum).int().nullable()
const percent = z.number({ error: 'campaigns.errors.percent' }).min(1).max(100).int()

const callingHoursSchema = z
  .object({ days: z.array(z.number()), opens_at: time, closes_at: time })
  .refine(({ opens_at, closes_at }) => opens_at !== closes_at || opens_at === '00:00', { error: 'campaigns.errors.window', path: ['closes_at'] })

/**
 * What the form holds: lines of hours on days, days of the campaign's own calendar, and minutes. A draft may lack what a start
 * needs; what it lacks is told at once when the person wants to go on, and by the blockers of the draft otherwise.
 */
export const campaignSchema = z
  .object({
    name: z.string().trim().min(1).max(120),
    description: z.string().trim().max(500),
    assistant_id: z.string().nullable(),
    purpose: z.enum(campaignPurposes),
    priority: z.enum(campaignPriorities),
    time_zone: z.string().nullable().refine((zone) => zone !== null, { error: 'campaigns.errors.time_zone' }),
    max_attempts: z.string(),
    retries: z.array(retryRuleSchema),
    windows: z.array(callingHoursSchema),
    blackout_dates: z.array(z.object({ day: z.iso.date('campaigns.errors.day'), name: z.string().trim().max(80) })),
    starts_on: optionalDay,
    ends_on: optionalDay,
    concurrency_max: limit(1000),
    daily_cap: limit(1_000_000),
    budget_minutes: limit(1_000_000),
    failure_limit_percent: percent,
    opt_out_limit_percent: percent,
    audience: z.string(),
    is_draft: z.boolean(),
  })
  .refine(({ is_draft, assistant_id }) => is_draft || assistant_id !== null, { error: 'campaigns.errors.assistant', path: ['assistant_id'], when: always })
  .refine(({ is_draft, windows }) => is_draft || windows.length > 0, { error: 'campaigns.errors.windows', path: ['windows'], when: always })
  .refine(({ starts_on, ends_on }) => !starts_on || !ends_on || starts_on <= ends_on, { error: 'campaigns.errors.ends_on', path: ['ends_on'], when: always })
  .superRefine(({ windows, blackout_dates, is_draft }, complaints) => {
    for (const [index, { days }] of windows.entries()) {
      if (!is_draft && days.length === 0) complaints.addIssue({ code: 'custom', message: 'campaigns.errors.days', path: ['windows', index, 'days'] })
    }
    const overlapping = overlappingLine(windows)
    if (overlapping >= 0) complaints.addIssue({ code: 'custom', message: 'campaigns.errors.overlap', path: ['windows', overlapping, 'opens_at'] })
    const again = blackout_dates.findIndex(({ day }, index) => day !== '' && blackout_dates.findIndex((other) => other.day === day) < index)
    if (again >= 0) complaints.addIssue({ code: 'custom', message: 'campaigns.errors.day_again', path: ['blackout_dates', again, 'day'] })
  }, { when: always })
/** What the form holds while it is written, and what it is once it is right. */
export type CampaignFormInput = z.input<typeof campaignSchema>
export type CampaignFormValues = z.output<typeof campaignSchema>

/** Monday to Friday, office hours: what most people may be called at everywhere. */
export const officeHours = { days: [1, 2, 3, 4, 5], opens_at: '09:00', closes_at: '17:00' }

export function emptyCampaign(timeZone: string): CampaignFormInput {
  return {
    name: '', description: '', assistant_id: null, purpose: 'service', priority: 'normal', time_zone: timeZone, max_attempts: '3',
    retries: [...defaultRetries], windows: [officeHours], blackout_dates: [], starts_on: '', ends_on: '',
    concurrency_max: null, daily_cap: null, budget_minutes: null, failure_limit_percent: 50, opt_out_limit_percent: 10,
    audience: '', is_draft: false,
  }
}

export function campaignFormOf(content: CampaignContent): CampaignFormInput {
  const { starts_at, ends_at, time_zone, budget_seconds, max_attempts, retries, windows } = content
  return {
    ...pick(content),
    time_zone,
    max_attempts: String(max_attempts),
    retries: completeRetries(retries),
    windows: hoursOf(windows),
    starts_on: starts_at ? dayOf(starts_at) : '',
    ends_on: ends_at ? lastDayBefore(ends_at) : '',
    budget_minutes: budget_seconds === null ? null : Math.ceil(budget_seconds / 60),
    audience: '',
    is_draft: false,
  }
}

/**
 * Whoever edits a saved campaign sends what may change in its state and was changed. What is left out stays as it is, also
 * as a colleague made it since this form was opened.
 */
export function campaignContentOf(values: CampaignFormValues, saved: CampaignDetails | null = null): Partial<CampaignContent> {
  const content = wholeContentOf(values, saved)
  if (!saved) return content
  const before = wholeContentOf(campaignFormOf(saved) as CampaignFormValues, saved)
  const isChanged = (name: CampaignSetting) => JSON.stringify(content[name]) !== JSON.stringify(before[name])
  return Object.fromEntries(saved.editable.filter(isChanged).map((name) => [name, content[name]]))
}

function wholeContentOf(values: CampaignFormValues, saved: CampaignDetails | null): CampaignContent {
  return {
    ...pick(values),
    time_zone: values.time_zone,
    max_attempts: Number(values.max_attempts),
    retries: values.retries.map((rule) => ({ ...rule, delays_minutes: rule.delays_minutes.slice(0, Math.max(1, rule.retries)) })),
    windows: windowsOf(values.windows),
    ...spanOf(values, saved),
    budget_seconds: budgetOf(values.budget_minutes, saved),
  }
}

/** From the beginning of the first day to the end of the last one. What nobody touched stays as it was, to the minute. */
function spanOf({ starts_on, ends_on }: CampaignFormValues, saved: CampaignDetails | null): Pick<CampaignContent, 'starts_at' | 'ends_at'> {
  const before = saved && campaignFormOf(saved)
  const midnight = (day: string) => (day ? `${day}T00:00` : null)
  return {
    starts_at: before?.starts_on === starts_on ? saved?.starts_at ?? null : midnight(starts_on),
    ends_at: before?.ends_on === ends_on ? saved?.ends_at ?? null : midnight(ends_on && dayAfter(ends_on)),
  }
}

function budgetOf(minutes: number | null, saved: CampaignDetails | null): number | null {
  const isSame = saved && campaignFormOf(saved).budget_minutes === minutes
  return isSame ? saved.budget_seconds : minutes && minutes * 60
}

/** The form's names of settings that it shows in another shape than the database keeps them. */
export const formFields: Readonly<Record<string, string>> = { starts_at: 'starts_on', ends_at: 'ends_on', budget_seconds: 'budget_minutes' }

type SameInBoth = Pick<CampaignContent, 'name' | 'description' | 'assistant_id' | 'purpose' | 'priority' | 'blackout_dates' | 'concurrency_max'
  | 'daily_cap' | 'failure_limit_percent' | 'opt_out_limit_percent'>

/** What form and database hold alike. */
function pick(content: SameInBoth): SameInBoth {
  const { name, description, assistant_id, purpose, priority, blackout_dates, concurrency_max, daily_cap } = content
  const { failure_limit_percent, opt_out_limit_percent } = content
  return { name, description, assistant_id, purpose, priority, blackout_dates, concurrency_max, daily_cap, failure_limit_percent, opt_out_limit_percent }
}

/** Rules over several fields would otherwise wait until every single field is right, and complain in a second round. */
function always(): boolean {
  return true
}
