// @vitest-environment happy-dom
import { flushPromises } from '@vue/test-utils'
import { expect, it, vi } from 'vitest'
import { reactive } from 'vue'
import CampaignWords from '../../../../../app/components/campaigns/CampaignWords.vue'
import Alert from '../../../../../app/components/ui/Alert.vue'
import { useAccountStore } from '../../../../../app/stores/accountStore.ts'
import { mountApp } from '../../support/mountApp.ts'

const voices = [{ id: 'elliot', name: 'Elliot', language: 'en-US', description: 'Calm' }, { id: 'klaus', name: 'Klaus', language: 'de-DE', description: 'Warm' }]
const empty = { assistant_id: 'a1', prompt: '', language: null, voice_id: null, record_calls: null, qualification: [], uses_preferred_assistants: false, retries: [], blackout_dates: [] }

const field = { props: ['name'], template: '<div :data-field="name"><slot :control="{}" /></div>' }
const components = {
  Alert, FormField: field, Switch: { template: '<i />' }, AssistantText: { template: '<i />' }, CampaignPreview: { template: '<i />' }, Button: { template: '<button><slot /></button>' },
  FormSection: { props: ['summary', 'lockedText'], template: '<section><p class="summary">{{ summary.join(" ") }}</p><p class="locked">{{ lockedText }}</p><slot /></section>' },
  ExtractionList: { props: ['isReadOnly'], template: '<i class="fields" :data-fixed="isReadOnly" />' },
  Select: { props: ['modelValue', 'options'], emits: ['update:modelValue'],
    template: `<select :value="modelValue" @change="$emit('update:modelValue', $event.target.value)">
      <option v-for="option in options" :key="option.value" :value="option.value">{{ option.label }}</option></select>` },
}

async function open(values: object = {}, campaign: object | null = null) {
  const form = reactive({
    values: { ...empty, ...values } as Record<string, unknown>, errorOf: () => null, valueOf: (name: string) => form.values[name],
    set: vi.fn((name: string, value: unknown) => { form.values[name] = value }),
  })
  const none = () => Promise.resolve([])
  const deps = { accounts: {}, assistants: { listVoices: () => Promise.resolve(voices), listModels: none, listSampleContacts: none,
    list: () => Promise.resolve([{ id: 'a1', name: 'Ava', language: 'en', voice_name: 'Elliot' }]) } }
  const view = mountApp(CampaignWords, { props: { form, campaign }, deps: deps as never, components })
  useAccountStore().use('acme')
  await flushPromises()
  const optionsOf = (name: string) => view.get(`[data-field=${name}]`).findAll('option').map((option) => option.text())
  return { form, view, optionsOf, choose: (name: string, value: string) => view.get(`[data-field=${name}] select`).setValue(value) }
}

it('says in one line what a campaign says over its assistant', async () => {
  expect((await open()).view.get('.summary').text()).toBe('As the assistant has it.')
  const { view } = await open({ prompt: 'Offer tea.', voice_id: 'klaus', language: 'de', record_calls: false, qualification: [{}, {}], uses_preferred_assistants: true })
  expect(view.get('.summary').text()).toBe('Adds to the assistant\'s instructions. Speaks German. Speaks as Klaus. Records no call. Asks for 2 things more. Contacts with an assistant of their own are called by that one.')
})

it('takes back what was chosen with "As the assistant", and knows three answers to recording', async () => {
  const { form, choose } = await open({ voice_id: 'elliot', record_calls: true })
  await choose('voice_id', 'own')
  await choose('record_calls', 'off')
  expect(form.values).toMatchObject({ voice_id: null, record_calls: false })
  await choose('record_calls', 'own')
  expect(form.values.record_calls).toBeNull()
})

it('offers voices of the language that is spoken, and says when the chosen one does not speak it', async () => {
  const { view, optionsOf, choose } = await open()
  expect(optionsOf('voice_id')).toEqual([expect.stringContaining('As the assistant'), 'Elliot'])
  await choose('voice_id', 'elliot')
  await choose('language', 'de-DE')
  expect(optionsOf('voice_id'), 'the chosen one stays in sight').toEqual([expect.stringContaining('As the assistant'), 'Elliot', 'Klaus'])
  expect(view.text()).toContain('Elliot does not speak German')
})

it('fixes what is asked once the campaign has begun, and says what may change after a pause', async () => {
  const { view } = await open({}, { status: 'active', editable: ['name', 'daily_cap'] })
  expect(view.get('.fields').attributes('data-fixed')).toBe('true')
  expect(view.get('.locked').text()).not.toBe('')
})
