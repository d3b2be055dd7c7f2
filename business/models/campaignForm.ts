import { z } from 'zod'
import { campaignPriorities, campaignPurposes, type CampaignContent, type CampaignDetails, type CampaignSetting } from './campaign.ts'
import { callOrders } from './campaignWords.ts'
import { callingHoursSchema, daysOffSchema, judgeCallingDays } from './callingDays.ts'
import { hoursOf, windowsOf } from './callingWeek.ts'
import { extractionSchema } from './extraction.ts'
import { dayAfter, dayOf, lastDayBefore } from './localTime.ts'
import { completeRetries, defaultRetries, retryRuleSchema } from './retryRules.ts'

const optionalDay = z.union([z.literal(''), z.iso.date()])
/** The limit is named before the whole number is asked for: of two complaints the first is shown. */
const limit = (maximum: number) => z.number().min(1).max(maximum).int().nullable()
const percent = z.number({ error: 'campaigns.errors.percent' }).min(1).max(100).int()

const shape = {
  name: z.string().trim().min(1).max(120),
  description: z.string().trim().max(500),
  category: z.string().trim().max(60),
  assistant_id: z.string().nullable(),
  uses_preferred_assistants: z.boolean(),
  prompt: z.string().trim().max(5000),
  voice_id: z.string().nullable(),
  language: z.string().nullable(),
  record_calls: z.boolean().nullable(),
  qualification: extractionSchema,
  call_order: z.enum(callOrders),
  purpose: z.enum(campaignPurposes),
  priority: z.enum(campaignPriorities),
  time_zone: z.string().nullable().refine((zone) => zone !== null, { error: 'campaigns.errors.time_zone' }),
  max_attempts: z.string(),
  retries: z.array(retryRuleSchema),
  windows: z.array(callingHoursSchema),
  blackout_dates: daysOffSchema,
  starts_on: optionalDay,
  ends_on: optionalDay,
  concurrency_max: limit(1000),
  daily_cap: limit(1_000_000),
  budget_minutes: limit(1_000_000),
  failure_limit_percent: percent,
  opt_out_limit_percent: percent,
}
type Shape = typeof shape
type FieldName = keyof Shape

/** What the form holds while it is written, and what it is once it is right: lines of hours on days, days of the campaign's own calendar, and minutes. */
export type CampaignFormInput = z.input<z.ZodObject<Shape>>
export type CampaignFormValues = z.output<z.ZodObject<Shape>>

/** A campaign that was started already: it needs whatever a start needs. */
export const campaignSchema = z.object(shape)
  .refine(({ assistant_id }) => assistant_id !== null, { error: 'campaigns.errors.assistant', path: ['assistant_id'], when: always })
  .refine(({ windows }) => windows.length > 0, { error: 'campaigns.errors.windows', path: ['windows'], when: always })
  .superRefine(judgeDays, { when: always })

/** The steps of the wizard that hold settings, each with its own. */
export const stepFields = {
  basics: ['name', 'description', 'category', 'purpose', 'assistant_id', 'uses_preferred_assistants', 'prompt', 'language', 'voice_id', 'record_calls', 'qualification'],
  schedule: ['windows', 'blackout_dates', 'starts_on', 'ends_on', 'time_zone', 'max_attempts', 'retries', 'concurrency_max', 'daily_cap', 'budget_minutes', 'call_order', 'priority',
    'failure_limit_percent', 'opt_out_limit_percent'],
} as const satisfies Record<string, readonly FieldName[]>
export type FormStep = keyof typeof stepFields

/** A step judges its own fields alone. A draft may lack what a start needs: its blockers say so where it is reviewed. */
export const stepSchemas = {
  basics: z.object(onlyJudging(stepFields.basics)),
  schedule: z.object(onlyJudging(stepFields.schedule)).superRefine(judgeDays, { when: always }),
} satisfies Record<FormStep, unknown>

function onlyJudging(fields: readonly FieldName[]): Shape {
  return Object.fromEntries(Object.entries(shape).map(([name, field]) => [name, fields.some((own) => own === name) ? field : z.any()])) as unknown as Shape
}

type Days = Pick<CampaignFormValues, 'windows' | 'blackout_dates' | 'starts_on' | 'ends_on'>

/** An end before the beginning, and what is wrong with hours and days off. */
function judgeDays(days: Days, complaints: z.RefinementCtx) {
  const { starts_on, ends_on } = days
  if (starts_on && ends_on && starts_on > ends_on) complaints.addIssue({ code: 'custom', message: 'campaigns.errors.ends_on', path: ['ends_on'] })
  judgeCallingDays(days, complaints)
}

/** Monday to Friday, office hours: what most people may be called at everywhere. */
export const officeHours = { days: [1, 2, 3, 4, 5], opens_at: '09:00', closes_at: '17:00' }

/** Nothing said over the assistant. */
const assistantsOwn = { uses_preferred_assistants: false, prompt: '', voice_id: null, language: null, record_calls: null, qualification: [] }

export function emptyCampaign(timeZone: string): CampaignFormInput {
  return {
    name: '', description: '', category: '', assistant_id: null, ...assistantsOwn, purpose: 'service', priority: 'normal', call_order: 'enrolled', time_zone: timeZone, max_attempts: '3',
    retries: [...defaultRetries], windows: [officeHours], blackout_dates: [], starts_on: '', ends_on: '',
    concurrency_max: null, daily_cap: null, budget_minutes: null, failure_limit_percent: 50, opt_out_limit_percent: 10,
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

const sameInBoth = ['name', 'description', 'category', 'assistant_id', 'uses_preferred_assistants', 'prompt', 'voice_id', 'language', 'record_calls', 'qualification',
  'call_order', 'purpose', 'priority', 'blackout_dates', 'concurrency_max', 'daily_cap', 'failure_limit_percent', 'opt_out_limit_percent'] as const
type SameInBoth = Pick<CampaignContent, (typeof sameInBoth)[number]>

/** What form and database hold alike. */
function pick(content: SameInBoth): SameInBoth {
  return Object.fromEntries(sameInBoth.map((name) => [name, content[name]])) as unknown as SameInBoth
}

/** Rules over several fields would otherwise wait until every single field is right, and complain in a second round. */
function always(): boolean {
  return true
}
