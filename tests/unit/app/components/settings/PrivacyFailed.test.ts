// @vitest-environment happy-dom
import { flushPromises } from '@vue/test-utils'
import { afterEach, expect, it, vi } from 'vitest'
import PrivacyFailed from '../../../../../app/components/settings/PrivacyFailed.vue'
import Alert from '../../../../../app/components/ui/Alert.vue'
import Button from '../../../../../app/components/ui/Button.vue'
import { useAccountStore } from '../../../../../app/stores/accountStore.ts'
import { AppError } from '../../../../../business/models/appError.ts'
import { en, mountApp } from '../../support/mountApp.ts'

const toast = vi.hoisted(() => ({ success: vi.fn(), info: vi.fn(), error: vi.fn() }))
vi.mock('~/composables/useToast', () => ({ useToast: () => toast, useToasts: () => ({}) }))

async function show({ count = 3, permissions = ['account.manage'], retryDeletions = vi.fn(async () => ({ count })) } = {}) {
  const view = mountApp(PrivacyFailed, {
    props: { count }, components: { Alert, Button },
    deps: { accounts: { list: async () => [{ account_id: 'a1', name: 'A', time_zone: 'UTC', role: 'owner', permissions }] } as never, privacy: { retryDeletions } as never },
  })
  await useAccountStore().load()
  await flushPromises()
  const press = async () => {
    await view.get('button').trigger('click')
    await flushPromises()
  }
  return { view, retryDeletions, press }
}

afterEach(() => {
  document.body.innerHTML = ''
  vi.clearAllMocks()
})

it('says how many deletions failed, and has them tried again', async () => {
  const { view, retryDeletions, press } = await show()
  expect(view.get('[role=alert]').text()).toContain('3 deletions failed')
  await press()
  expect(retryDeletions).toHaveBeenCalledExactlyOnceWith('a1')
  expect(toast.success).toHaveBeenCalledExactlyOnceWith('3 deletions are tried again')
})

it('counts one, none left and very many as people do', async () => {
  expect((await show({ count: 1 })).view.text()).toContain('1 deletion failed')
  expect((await show({ count: 1000 })).view.text()).toContain('1,000+ deletions failed')
  const { press } = await show({ retryDeletions: vi.fn(async () => ({ count: 0 })) })
  await press()
  expect(toast.success).toHaveBeenCalledExactlyOnceWith('Nothing is left to try again')
})

it('says why it could not, and is offered again', async () => {
  const { view, press } = await show({ retryDeletions: vi.fn().mockRejectedValue(new AppError('unavailable', 'fetch failed')) })
  await press()
  expect(toast.error).toHaveBeenCalledExactlyOnceWith(en.errors.unavailable.title, expect.anything())
  expect(view.get('button').attributes('disabled')).toBeUndefined()
})

it('says to whoever may only look who can', async () => {
  const { view } = await show({ permissions: ['account.read'] })
  expect([view.find('button').exists(), view.text()]).toEqual([false, expect.stringContaining(en.privacy.failed.who)])
})
