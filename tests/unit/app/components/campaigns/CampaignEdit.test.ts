// @vitest-environment happy-dom
import { PiniaColada } from '@pinia/colada'
import { flushPromises, mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { createI18n } from 'vue-i18n'
import { afterEach, expect, it, vi } from 'vitest'
import CampaignEdit from '../../../../../app/components/campaigns/CampaignEdit.vue'
import Alert from '../../../../../app/components/ui/Alert.vue'
import { depsKey } from '../../../../../app/composables/useDeps.ts'
import { useAccountStore } from '../../../../../app/stores/accountStore.ts'
import { en } from '../../support/mountApp.ts'

afterEach(() => vi.unstubAllGlobals())

async function openForm(permissions: string[]) {
  vi.stubGlobal('useHead', () => {})
  vi.stubGlobal('useRouter', () => ({ replace: () => {} }))
  const accounts = { list: async () => [{ account_id: 'a1', time_zone: 'UTC', permissions }] }
  const pinia = createPinia()
  const view = mount(CampaignEdit, {
    props: { campaignId: 'c1' },
    global: {
      components: { Alert, TableSkeleton: { template: '<i />' }, Page: { template: '<main><slot /></main>' }, PageHeader: { template: '<h1 />' }, CampaignForm: { template: '<form />' } },
      plugins: [pinia, PiniaColada, createI18n({ legacy: false, locale: 'en', messages: { en } })],
      provide: { [depsKey as symbol]: { campaigns: { get: async () => ({ id: 'c1', account_id: 'a1', name: 'Spring', status: 'paused' }) }, accounts } },
    },
  })
  setActivePinia(pinia)
  await useAccountStore().load()
  await flushPromises()
  return view
}

it('opens the form for whoever may change campaigns', async () => {
  const view = await openForm(['campaigns.read', 'campaigns.edit'])
  expect(view.find('form').exists()).toBe(true)
})

it('lets nobody write what their role could not save', async () => {
  const view = await openForm(['campaigns.read'])
  expect(view.find('form').exists()).toBe(false)
  expect(view.text()).toContain('Your role may look at campaigns but not change them.')
})
