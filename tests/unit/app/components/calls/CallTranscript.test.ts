// @vitest-environment happy-dom
import { afterEach, describe, expect, it } from 'vitest'
import CallTranscript from '../../../../../app/components/calls/CallTranscript.vue'
import CallTurnText from '../../../../../app/components/calls/CallTurnText.vue'
import Button from '../../../../../app/components/ui/Button.vue'
import Card from '../../../../../app/components/ui/Card.vue'
import { mountApp } from '../../support/mountApp.ts'

const turn = (text: string, second: number | null = null) => ({ role: 'contact', text, seconds_from_start: second, duration_seconds: null })

function transcript(turns: object[], second = 0, more: object = {}) {
  const call = { id: 'c1', transcript_fate: { deleted_at: null, deleted_after_days: null }, transcript: { turns }, recording_state: 'stored', settled_at: '2026-05-01T10:00:00Z', assistant_name: 'Ava', contact_name: 'Grace', outcome: 'answered', ...more }
  return mountApp(CallTranscript, { props: { call, second }, components: { Button, Card, CallTurnText, NuxtLink: { template: '<a><slot /></a>' } } })
}
const lines = (view: ReturnType<typeof transcript>) => view.findAll('li')
const press = (view: ReturnType<typeof transcript>, words: RegExp) => view.findAll('button').find((button) => words.test(button.text()))!.trigger('click')

describe('a transcript', () => {
  afterEach(() => {
    document.body.innerHTML = ''
  })

  it.each([
    ['that nothing was said', null, null, 'Nothing was said, or the carrier sent no transcript.'],
    ['when and by which rule it was deleted', '2026-06-01T10:00:00Z', 30, 'The transcript and its summary were deleted on Jun 1, 2026 by the rule of 30 days.'],
    ['one day as one', '2026-06-01T10:00:00Z', 1, 'The transcript and its summary were deleted on Jun 1, 2026 by the rule of 1 day.'],
    ['that the person was erased', '2026-06-01T10:00:00Z', null, 'The transcript and its summary were deleted on Jun 1, 2026: this person was erased at their wish.'],
  ])('says instead of turns %s', (_what, deleted_at, deleted_after_days, words) => {
    expect(transcript([], 0, { transcript_fate: { deleted_at, deleted_after_days } }).find('p').text()).toBe(words)
  })

  it('shows markup as words, and neither control characters nor marks that turn what follows', () => {
    const view = transcript([turn('<img src=x onerror=alert(1)><b>bold</b>'), turn('\u202Eevil\u2066 \u0000\u0007\u001B[31mred'), turn('مرحبا 👍 \uD800')])
    expect(view.find('img').exists()).toBe(false)
    expect(lines(view).map((line) => line.get('p > bdi:last-of-type').text())).toEqual(['<img src=x onerror=alert(1)><b>bold</b>', 'evil [31mred', 'مرحبا 👍 \uFFFD'])
  })

  it('of fifty thousand lines shows a portion at a time', async () => {
    const view = transcript(Array.from({ length: 50_000 }, (_, index) => turn(`Line ${index}`)))
    expect(lines(view)).toHaveLength(300)
    await press(view, /^Show more \(49,700 lines are left\)$/)
    expect(lines(view)).toHaveLength(600)
  })

  it('shows as far as somebody listens', async () => {
    const view = transcript(Array.from({ length: 2000 }, (_, index) => turn(`Line ${index}`, index)), 0)
    await view.setProps({ second: 1000.5 })
    expect(lines(view).length).toBeGreaterThan(1000)
    expect(view.get('[aria-current="true"]').text()).toContain('Line 1000')
  })

  it('shows a line without an end in part until it is wanted', async () => {
    const view = transcript([turn('x'.repeat(1_000_000))])
    expect(view.text().length).toBeLessThan(5_000)
    await press(view, /^Show the whole line \(1,000,000 letters\)$/)
    expect(view.text().length).toBeGreaterThan(999_999)
  })
})
