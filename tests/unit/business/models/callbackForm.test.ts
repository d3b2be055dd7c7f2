import { expect, it } from 'vitest'
import { callbackDays, callbackSchema } from '../../../../business/models/callbackForm.ts'

/** Nine in the evening in New York is ten in the morning of the next day in Tokyo. */
const now = () => new Date('2026-11-22T02:00:00Z')

it('offers the days of the contact, not of whoever sits at the screen', () => {
  expect(callbackDays('America/New_York', now())).toEqual({ first: '2026-11-21', last: '2026-12-21' })
  expect(callbackDays('Asia/Tokyo', now())).toEqual({ first: '2026-11-22', last: '2026-12-22' })
})

it.each([
  ['America/New_York', '2026-11-21', '21:30', []],
  ['America/New_York', '2026-11-21', '20:30', ['time']],
  ['Asia/Tokyo', '2026-11-22', '10:59', ['time']],
  ['Asia/Tokyo', '2026-11-22', '11:01', []],
  ['America/New_York', '2026-12-22', '09:00', ['day']],
  ['America/New_York', '', '', ['day', 'time']],
])('in %s judges %s %s', (zone, day, time, wrong) => {
  const { error } = callbackSchema(zone, now).safeParse({ day, time, note: '' })
  expect((error?.issues ?? []).map(({ path }) => path[0])).toEqual(wrong)
})
