// @vitest-environment happy-dom
import { flushPromises } from '@vue/test-utils'
import { expect, it, vi } from 'vitest'
import CampaignPreview from '../../../../../app/components/campaigns/CampaignPreview.vue'
import ErrorState from '../../../../../app/components/shared/ErrorState.vue'
import Alert from '../../../../../app/components/ui/Alert.vue'
import Button from '../../../../../app/components/ui/Button.vue'
import { useAccountStore } from '../../../../../app/stores/accountStore.ts'
import { AppError } from '../../../../../business/models/appError.ts'
import { mountApp } from '../../support/mountApp.ts'

const words = { assistant_id: 'a1', prompt: 'Offer the autumn plan.', voice_id: null, language: null, record_calls: null, qualification: [] }
const heard = {
  content: { greeting: 'Hi {name}.', retry_greeting: '', language: 'en', extraction: [{ name: 'budget_per_month' }] }, version: 3, disclosures: { caller: '', ai: '', recording: 'This call is recorded.', opt_out: '' },
  is_recorded: true, voice_name: 'Elliot', voice_fault: null, account_name: 'Analytical Engines',
}
const components = {
  ErrorState, Alert, Button, Sheet: { template: '<section><slot /></section>' }, Skeleton: { template: '<i class="skeleton" />' },
  AssistantPreview: { props: ['content'], emits: ['heard'], template: '<div><q>{{ content.greeting }}</q><slot /><button @click="$emit(\'heard\', \'p7\')">Grace</button></div>' },
}

async function open(preview: (...args: unknown[]) => Promise<unknown>, isOpen = true) {
  const view = mountApp(CampaignPreview, { props: { open: false, campaignId: 'c1', words }, deps: { campaigns: { preview }, accounts: {} } as never, components })
  useAccountStore().use('acme')
  await view.setProps({ open: isOpen })
  await flushPromises()
  return view
}

it('asks with the words that stand in the form, saved or not, and says whose voice reads them and what is found out', async () => {
  const preview = vi.fn().mockResolvedValue(heard)
  const view = await open(preview)
  expect(preview).toHaveBeenCalledExactlyOnceWith('acme', 'c1', words, null)
  expect(view.get('q').text(), 'the announcement belongs to the greeting').toContain('This call is recorded.')
  expect(view.text()).toContain('Version 3 of the assistant · Elliot, English · Recorded')
  expect(view.text()).toContain('Finds out: Budget per month')
})

it('asks again for the contact that is chosen', async () => {
  const preview = vi.fn().mockResolvedValue(heard)
  const view = await open(preview)
  await view.get('button').trigger('click')
  await flushPromises()
  expect(preview.mock.calls.at(-1)?.[3]).toBe('p7')
})

it('says when voice and language do not go together', async () => {
  const view = await open(vi.fn().mockResolvedValue({ ...heard, voice_fault: { voice_name: 'Elliot', language: 'de' } }))
  expect(view.text()).toContain('Elliot does not speak German.')
})

it('asks nothing while it is closed, and says what is missing without an assistant', async () => {
  const preview = vi.fn().mockResolvedValue(null)
  await open(preview, false)
  expect(preview).not.toHaveBeenCalled()
  expect((await open(preview)).text()).toContain('Choose an assistant first.')
})

it('offers to try again when it cannot be composed', async () => {
  const preview = vi.fn().mockRejectedValueOnce(new AppError('unavailable', 'The server did not answer.')).mockResolvedValue(heard)
  const view = await open(preview)
  await view.get('button').trigger('click')
  await flushPromises()
  expect(view.text()).toContain('Version 3')
})
