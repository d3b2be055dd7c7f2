// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest'
import MinutesMeter from '../../../../app/components/shared/MinutesMeter.vue'
import { mountApp } from '../support/mountApp.ts'

function meter(balance_seconds: number, reserved_seconds = 0) {
  const wallet = { account_id: 'a', balance_seconds, reserved_seconds, spendable_seconds: balance_seconds - reserved_seconds }
  return mountApp(MinutesMeter, { props: { wallet } })
}

const widths = (view: ReturnType<typeof meter>) => view.findAll('[aria-hidden="true"] > span').map((bar) => bar.attributes('style'))

describe('MinutesMeter', () => {
  it('says what is available, not what is in the balance', () => {
    expect(meter(1200, 360).text()).toContain('14:00 min available')
  })

  it('says what running calls hold, and nothing when none runs', () => {
    expect(meter(1200, 360).text()).toContain('6:00 min held by running calls')
    expect(meter(1200).text()).not.toContain('held')
  })

  it('draws the last twenty minutes', () => {
    expect(widths(meter(600, 300))).toEqual(['width: 25%;', 'width: 25%;'])
    expect(widths(meter(90_000))[0]).toBe('width: 100%;')
  })

  it.each([
    [299, 'Only 4:59 min left'],
    [0, 'No minutes left'],
  ])('warns at %d seconds', (seconds, words) => {
    expect(meter(seconds).text()).toContain(words)
  })

  it('shows nothing it does not know', () => {
    expect(mountApp(MinutesMeter, { props: { wallet: null } }).text()).toBe('')
  })
})
