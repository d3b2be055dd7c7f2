// @vitest-environment happy-dom
import { defineComponent } from 'vue'
import { expect, it } from 'vitest'
import { useNoticeText } from '../../../../../app/components/notices/useNoticeText.ts'
import { noticeKinds, type Notice } from '../../../../../business/models/notice.ts'
import { mountApp } from '../../support/mountApp.ts'

function read(kind: Notice['kind'], details: Notice['details'] = {}): string {
  const notice = { id: 'n', kind, campaign_id: null, campaign_name: null, details, created_at: '2026-11-03T00:00:00Z' }
  return mountApp(defineComponent(() => {
    const noticeText = useNoticeText()
    return () => noticeText(notice)
  })).text()
}

it('has words for everything that is told', () => {
  expect(noticeKinds.map((kind) => read(kind)).filter((text) => text === '' || /^(campaigns|notices)\./.test(text))).toEqual([])
})

it('says of a refused top-up how much it was, and what the bank or the limit wants', () => {
  const money = { amount_cents: 5000, currency: 'usd' }
  expect(read('auto_top_up_failed', { ...money, code: 'card_declined' })).toBe('The automatic top-up of $50.00 was refused.')
  expect(read('auto_top_up_failed', { ...money, code: 'authentication_required' })).toContain('wants you to confirm')
  expect(read('auto_top_up_failed', { ...money, code: 'monthly_limit' })).toContain('would pass its limit')
})

it('says how far below zero a balance is', () => {
  expect(read('balance_below_zero', { balance_seconds: -180 })).toContain('the balance is −3:00 minutes')
})
