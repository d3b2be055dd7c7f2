import { describe, expect, test } from 'vitest'
import { layOut } from '../../../../supabase/local/simulators/vapi/conversation.ts'
import { scriptFor } from '../../../../supabase/local/simulators/vapi/scripts/index.ts'
import { sceneOf } from '../../../../supabase/local/simulators/vapi/scripts/scene.ts'
import { createCall } from '../../../../supabase/local/simulators/vapi/request.ts'
import { GREETING, order, receiver, simulator, whole } from './support.ts'

const NOON = new Date('2026-03-02T12:00:00Z')

function script(number: string, changes: Record<string, unknown> = {}, now = NOON) {
  const { assistant, customer } = createCall.parse(order('+12124567801', changes))
  return scriptFor(number, sceneOf(assistant ?? {}, customer?.name, now))
}

const said = (number: string, changes: Record<string, unknown> = {}) => (script(number, changes).lines ?? []).map(([, text]) => text).join(' ')

describe('the last two digits decide', () => {
  test.each([
    ['01', 'customer-ended-call', true], ['02', 'customer-busy', false], ['03', 'customer-did-not-answer', false], ['04', 'voicemail', true], ['05', 'assistant-ended-call', true],
    ['06', 'customer-ended-call', true], ['07', 'assistant-ended-call', true], ['08', 'customer-ended-call', true], ['09', 'call.in-progress.error-providerfault-openai-llm-failed', true],
  ])('%s ends with %s', async (digits, endedReason, isPickedUp) => {
    const hook = await receiver()
    const vapi = await simulator()
    expect((await whole(vapi, order(`+12124567${digits.padStart(4, '8')}`, { url: hook.url }))).endedReason).toBe(endedReason)
    expect(hook.statuses().includes('in-progress')).toBe(isPickedUp)
    expect(hook.of('end-of-call-report')).toHaveLength(1)
  })

  test('05 asks to be removed, and the analysis says so', async () => {
    const vapi = await simulator()
    const call = await whole(vapi, order('+12124567805'))
    expect(call.analysis).toMatchObject({ structuredData: { opt_out: true } })
    expect(said('+12124567805')).toContain('do not call this number again')
  })

  test('04 leaves the message after the tone; without detection the machine looks like a person', () => {
    expect(script('+12124567804', { assistant: { voicemailMessage: 'Please call back.' } }).lines?.at(-1)).toEqual(['assistant', 'Please call back.'])
    expect(script('+12124567804').lines).toHaveLength(1)
    expect(script('+12124567804', { assistant: { voicemailDetection: undefined } })).toMatchObject({ endedReason: 'silence-timed-out' })
  })

  test('every other number keeps to itself, and seven of ten answer', () => {
    const numbers = Array.from({ length: 3000 }, (_, index) => `+1212${(4_000_000 + index * 100 + 10 + index % 90).toString()}`)
    const reasons = numbers.map((number) => script(number).endedReason)
    expect(numbers.slice(0, 50).map((number) => script(number).endedReason)).toEqual(reasons.slice(0, 50))
    const share = (...wanted: string[]) => reasons.filter((reason) => wanted.includes(reason)).length / reasons.length
    expect(share('assistant-ended-call', 'customer-ended-call')).toBeCloseTo(0.7, 1)
    expect(share('voicemail')).toBeCloseTo(0.1, 1)
    expect(share('customer-did-not-answer')).toBeCloseTo(0.13, 1)
  })
})

describe('the conversations', () => {
  test('begin with the received greeting and use the contact\'s first name and the company that greets', () => {
    for (const ending of ['01', '05', '06', '07', '08']) expect(script(`+121245678${ending}`).lines?.[0]).toEqual(['assistant', GREETING])
    expect(said('+12124567807')).toContain('this is Grace. What is this about?')
    expect(said('+12124567807')).toContain('whether Analytical Engines could be of use')
  })

  test('stay natural without a name, a greeting or a company', () => {
    for (const ending of ['01', '05', '06', '07', '08']) {
      const text = said(`+121245678${ending}`, { customer: { number: '+12124567801' }, assistant: { firstMessage: undefined } })
      expect(text).not.toMatch(/null|undefined|\bthere is no {2}|, ,|\{|there,/i)
      expect(text.startsWith('Hello, good day.')).toBe(true)
    }
  })

  test('last about a minute, the interested one a little more', () => {
    const seconds = (number: string) => layOut(script(number).lines ?? [], 600).seconds
    expect(seconds('+12124567801')).toBeGreaterThan(35)
    expect(seconds('+12124567801')).toBeLessThan(60)
    expect(seconds('+12124567807')).toBeGreaterThan(60)
    expect(seconds('+12124567807')).toBeLessThan(80)
  })

  test('skips titles in a name', () => {
    expect(said('+12124567807', { customer: { number: '+12124567807', name: 'Dr. Ada Lovelace' } })).toContain('this is Ada.')
  })
})
