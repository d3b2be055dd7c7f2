// @vitest-environment happy-dom
import { flushPromises } from '@vue/test-utils'
import { describe, expect, it, vi } from 'vitest'
import ActivityChain from '../../../../../app/components/activity/ActivityChain.vue'
import Alert from '../../../../../app/components/ui/Alert.vue'
import Button from '../../../../../app/components/ui/Button.vue'
import { useAccountStore } from '../../../../../app/stores/accountStore.ts'
import type { ChainPart } from '../../../../../business/models/activity.ts'
import { mountApp } from '../../support/mountApp.ts'

const whole: ChainPart = { broken: null, link_count: 3, line_count: 42, next: null, waiting_count: 2, linked_at: '2026-03-01T12:00:00Z', fingerprint: 'ab12' }

async function checked(part: ChainPart) {
  const verify = vi.fn(() => Promise.resolve(part))
  const view = mountApp(ActivityChain, { deps: { activity: { verify, search: vi.fn() } as never, accounts: {} as never }, components: { Alert, Button } })
  vi.spyOn(useAccountStore(), 'requireId').mockReturnValue('a')
  await view.get('button').trigger('click')
  await flushPromises()
  return view
}

describe('ActivityChain', () => {
  it('says what is whole, what waits, and what to keep', async () => {
    const text = (await checked(whole)).text()
    expect(text).toContain('All 42 lines are as they were written')
    expect(text).toContain('2 newer lines')
    expect(text).toContain('ab12')
  })

  it('says where and how the log was changed, as an alert', async () => {
    const view = await checked({ ...whole, broken: { position: 7, reason: 'lines_missing' } })
    expect(view.get('[role="alert"]').text()).toContain('Lines of seal 7 are gone')
    expect(view.text()).not.toContain('ab12')
  })
})
