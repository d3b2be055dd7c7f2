import { describe, expect, it } from 'vitest'
import { callStateSchema, isFinal } from '../../../../business/models/call.ts'
import { countIn, liveStages, liveStates, runsSince } from '../../../../business/models/liveCall.ts'

describe('calls in being', () => {
  it('are in every state but the final ones, and each state is one stage on the screen', () => {
    expect([...liveStates].sort()).toEqual(callStateSchema.options.filter((state) => !isFinal(state)).sort())
    expect(liveStages.flatMap(({ states }) => [...states]).sort()).toEqual([...liveStates].sort())
  })

  it('are counted over the states of a stage, of which some have no call', () => {
    expect(countIn({ reserved: 2, dialing: 3, ringing: 1 }, ['reserved', 'dialing', 'unknown'])).toBe(5)
  })

  const times = { created_at: '10:00', dialled_at: '10:01', ringing_at: '10:02', started_at: '10:03' }
  it.each([
    ['in_progress', {}, '10:03'], ['ended', {}, '10:03'], ['ringing', {}, '10:02'], ['dialing', {}, '10:01'], ['unknown', {}, '10:01'],
    ['reserved', { dialled_at: null }, '10:00'],
    ['ringing', { ringing_at: null }, '10:01'], ['in_progress', { started_at: null }, '10:01'],
  ] as const)('run since they are where they are: %s with %o', (state, more, since) => {
    expect(runsSince({ state, ...times, ...more })).toBe(since)
  })
})
