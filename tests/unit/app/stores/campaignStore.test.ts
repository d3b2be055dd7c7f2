// @vitest-environment happy-dom
import { PiniaColada, useQuery } from '@pinia/colada'
import { flushPromises, mount } from '@vue/test-utils'
import { createPinia } from 'pinia'
import { defineComponent } from 'vue'
import { expect, it, vi } from 'vitest'
import { depsKey } from '../../../../app/composables/useDeps.ts'
import { useAccountStore } from '../../../../app/stores/accountStore.ts'
import { useCampaignStore } from '../../../../app/stores/campaignStore.ts'
import { AppError } from '../../../../business/models/appError.ts'

/** A page that shows the campaigns, with the repository given. */
async function openList(campaigns: object) {
  const pinia = createPinia()
  let store!: ReturnType<typeof useCampaignStore>
  const page = defineComponent(() => {
    useAccountStore().use('account-1')
    store = useCampaignStore()
    const { data } = useQuery({ key: ['campaigns', 'account-1', 'list'], query: () => store.list({}, 1) })
    return () => JSON.stringify(data.value ?? null)
  })
  const deps = { campaigns, accounts: {} }
  const view = mount(page, { global: { plugins: [pinia, PiniaColada], provide: { [depsKey as symbol]: deps } } })
  await flushPromises()
  return { view, store }
}

it('shows what came of a command', async () => {
  const list = vi.fn().mockResolvedValueOnce([{ status: 'active' }]).mockResolvedValue([{ status: 'paused' }])
  const { view, store } = await openList({ list, pause: async () => ({ status: 'paused' }) })
  expect(view.text()).toContain('active')
  await store.pause('c1')
  await flushPromises()
  expect(view.text()).toContain('paused')
  expect(list).toHaveBeenCalledWith('account-1', {}, 1)
})

it('reads afresh also after a refusal, because the page was out of date, and hands the refusal on', async () => {
  const list = vi.fn().mockResolvedValueOnce([{ status: 'active' }]).mockResolvedValue([{ status: 'completed' }])
  const refusal = new AppError('conflict', 'This campaign is completed and cannot be paused.')
  const { view, store } = await openList({ list, pause: () => Promise.reject(refusal) })
  await expect(store.pause('c1')).rejects.toBe(refusal)
  await flushPromises()
  expect(view.text()).toContain('completed')
})
