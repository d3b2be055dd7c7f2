import { z } from 'zod'
import { dayIn, instantAt } from './timeZone.ts'

/** How far ahead a callback may lie; the database asks the same. */
const callbackDaysMax = 30
export const callbackNoteMax = 500

const dayMs = 86_400_000

export interface CallbackDays {
  first: string
  last: string
}

/** The first and last day that can be chosen, by the contact's own calendar. */
export function callbackDays(zone: string, now: Date): CallbackDays {
  return { first: dayIn(zone, now), last: dayIn(zone, new Date(now.getTime() + callbackDaysMax * dayMs)) }
}

/** When somebody asked to be called again, by the clock where they are. `now` is asked when the form is sent, not when it was opened. */
export function callbackSchema(zone: string, now: () => Date) {
  return z
    .object({
      day: z.string().regex(/^\d{4}-\d\d-\d\d$/, { error: 'calls.callback.errors.day', abort: true }),
      time: z.string().regex(/^\d\d:\d\d$/, { error: 'calls.callback.errors.time', abort: true }),
      note: z.string().trim().max(callbackNoteMax),
    })
    .refine(({ day }) => day <= callbackDays(zone, now()).last, { error: 'calls.callback.errors.too_far', path: ['day'] })
    .refine(({ day, time }) => Date.parse(instantAt(day, time, zone)) > now().getTime(), { error: 'calls.callback.errors.past', path: ['time'] })
}
