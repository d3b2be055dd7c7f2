import { describe, expect, it } from 'vitest'
import { answerRateOf, progressOf, progressParts, yieldOf } from '../../../../business/models/campaignProgress.ts'

const none = { enrolled: 0, waiting: 0, calling: 0, reached: 0, exhausted: 0, blocked: 0, opted_out: 0, removed: 0 }

describe('progressOf', () => {
  it('is nothing for an empty campaign', () => {
    expect(progressOf(none)).toBe(0)
  })

  it('counts everybody with a final state, whichever it is', () => {
    expect(progressOf({ ...none, enrolled: 10, waiting: 4, calling: 1, reached: 2, exhausted: 1, blocked: 1, removed: 1 })).toBe(0.5)
  })
})

it('counts everybody in one part of the bar', () => {
  const counters = { enrolled: 28, waiting: 1, calling: 2, reached: 3, exhausted: 4, blocked: 5, opted_out: 6, removed: 7 }
  expect(progressParts(counters)).toEqual({ called: 7, calling: 2, waiting: 1, blocked: 18 })
})

it('names no answer rate before the first call', () => {
  expect(answerRateOf({ calls_count: 0, answered_count: 0 })).toBeNull()
  expect(answerRateOf({ calls_count: 8, answered_count: 2 })).toBe(0.25)
})

describe('what the minutes of a campaign bought', () => {
  const outcomes = { answered: 0, voicemail: 0, no_answer: 0, busy: 0, failed: 0, canceled: 0 }

  it('counts every minute, the lost ones too, into the price of a conversation', () => {
    expect(yieldOf({ outcomes: { ...outcomes, answered: 4, voicemail: 6 }, used_seconds: 600 }))
      .toEqual({ calls: 10, conversations: 4, answer_rate: 0.4, seconds_per_conversation: 150 })
  })

  it('names no price before somebody answered, and no rate before somebody was called', () => {
    expect(yieldOf({ outcomes: { ...outcomes, busy: 1 }, used_seconds: 0 })).toMatchObject({ answer_rate: 0, seconds_per_conversation: null })
    expect(yieldOf({ outcomes, used_seconds: 0 })).toMatchObject({ answer_rate: null, seconds_per_conversation: null })
  })
})
