import { z } from 'zod'
import type { AccountRulesContent } from './accountRules.ts'
import { callingHoursSchema, daysOffSchema, judgeCallingDays } from './callingDays.ts'
import { hoursOf, windowsOf } from './callingWeek.ts'

const whole = (minimum: number, maximum: number) => z.number().min(minimum).max(maximum).int()

/** An account's calling rules as a person edits them: lines of hours on days, and minutes. The columns' constraints in SQL know the same bounds. */
export const accountRulesSchema = z
  .object({
    windows: z.array(callingHoursSchema),
    blackout_dates: daysOffSchema,
    observes_holidays: z.boolean(),
    frequency_cap: whole(1, 100),
    frequency_hours: whole(1, 720),
    gap_minutes: whole(0, 10_080),
    daily_cap: whole(1, 1_000_000).nullable(),
  })
  .superRefine(judgeCallingDays)
export type AccountRulesInput = z.input<typeof accountRulesSchema>

export function accountRulesFormOf(content: AccountRulesContent): AccountRulesInput {
  const { windows, blackout_dates, observes_holidays, frequency_cap, frequency_hours, minimum_gap_seconds, daily_cap } = content
  return {
    windows: hoursOf(windows), blackout_dates: blackout_dates.map(({ day, name }) => ({ day, name })), observes_holidays, frequency_cap, frequency_hours,
    gap_minutes: Math.ceil(minimum_gap_seconds / 60), daily_cap,
  }
}

export function accountRulesOf({ windows, gap_minutes, ...others }: z.output<typeof accountRulesSchema>): AccountRulesContent {
  return { ...others, windows: windowsOf(windows), minimum_gap_seconds: gap_minutes * 60 }
}
