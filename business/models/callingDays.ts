import { z } from 'zod'
import { overlappingLine, type CallingHours } from './callingWeek.ts'

const time = z.string().regex(/^\d\d:\d\d$/, 'campaigns.errors.time')

/** A line of calling times as a person edits it. */
export const callingHoursSchema = z
  .object({ days: z.array(z.number()), opens_at: time, closes_at: time })
  .refine(({ opens_at, closes_at }) => opens_at !== closes_at || opens_at === '00:00', { error: 'campaigns.errors.window', path: ['closes_at'] })

/** Days on which nobody is called. */
export const daysOffSchema = z.array(z.object({ day: z.iso.date('campaigns.errors.day'), name: z.string().trim().max(80) }))

export interface DayOff { day: string, name: string }

/** Hours that overlap or have no day, and days that are there twice: complained about where they stand. */
export function judgeCallingDays({ windows, blackout_dates }: { windows: CallingHours[], blackout_dates: DayOff[] }, complaints: z.RefinementCtx) {
  const complain = (message: string, ...path: (string | number)[]) => complaints.addIssue({ code: 'custom', message: `campaigns.errors.${message}`, path })
  for (const [index, { days }] of windows.entries()) {
    if (days.length === 0) complain('days', 'windows', index, 'days')
  }
  const overlapping = overlappingLine(windows)
  if (overlapping >= 0) complain('overlap', 'windows', overlapping, 'opens_at')
  const again = blackout_dates.findIndex(({ day }, index) => day !== '' && blackout_dates.findIndex((other) => other.day === day) < index)
  if (again >= 0) complain('day_again', 'blackout_dates', again, 'day')
}
