// @vitest-environment happy-dom
import { flushPromises } from '@vue/test-utils'
import { expect, it } from 'vitest'
import CampaignFacts from '../../../../../app/components/campaigns/CampaignFacts.vue'
import Card from '../../../../../app/components/ui/Card.vue'
import type { Deps } from '../../../../../app/composables/useDeps.ts'
import { defaultRetries } from '../../../../../business/models/retryRules.ts'
import { mountApp } from '../../support/mountApp.ts'

const office = [1, 2, 3, 4, 5].map((weekday) => ({ weekday, opens_at: '09:00', closes_at: '17:00' }))
const campaign = {
  assistant_id: null, assistant_name: null, purpose: 'sales', windows: office, max_attempts: 3, retries: defaultRetries, blackout_dates: [],
  starts_at: null, ends_at: null, time_zone: 'Europe/Berlin', concurrency_max: null, daily_cap: null, budget_seconds: null,
  category: '', call_order: 'enrolled', prompt: '', voice_id: null, language: null, record_calls: null, qualification: [], uses_preferred_assistants: false,
}
const deps = { assistants: { listVoices: async () => [{ id: 'katja', name: 'Katja' }] } } as unknown as Deps

const show = (changes: object) => mountApp(CampaignFacts, {
  deps, props: { campaign: { ...campaign, ...changes } }, components: { Card, NuxtLink: { template: '<a><slot /></a>' } } })
const read = (changes: object) => show(changes).text()

it('says the calling times as people do', () => {
  expect(read({})).toContain('Mon–Fri, 9:00 AM–5:00 PMin each contact\'s own time zone')
  expect(read({ windows: [{ weekday: 6, opens_at: '00:00', closes_at: '24:00' }] })).toContain('Sat, all day')
  expect(read({ windows: [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, opens_at: '00:00', closes_at: '24:00' })) })).toContain('Any time')
  expect(read({ windows: [{ weekday: 5, opens_at: '22:00', closes_at: '02:00' }] })).toContain('Fri, 10:00 PM–2:00 AM on the next day')
})

it('says what is still missing', () => {
  expect(read({ windows: [] })).toContain('None set')
  expect(read({})).toContain('None chosen')
})

it('says how it tries again, in sentences', () => {
  expect(read({})).toContain('Busy: 3 more times, after 10 min, 30 min and 2 hours.')
  expect(read({})).toContain('Voicemail: 2 more times, after 4 hours and 1 day, at another time of day.')
  expect(read({ retries: [{ outcome: 'busy', retries: 0, delays_minutes: [10], shifts_day_part: false }] })).not.toContain('Busy')
})

it('names its days and limits, the last day as the last on which it calls', () => {
  expect(read({})).toContain('Only the account\'s own limits.')
  const text = read({ starts_at: '2026-12-01T00:00', ends_at: '2027-01-01T00:00', concurrency_max: 1, daily_cap: 1200, budget_seconds: 5400, blackout_dates: [{ day: '2026-12-24', name: '' }] })
  for (const part of ['From Dec 1, 2026', 'until Dec 31, 2026', 'One day off.', 'One call at once', '1,200 calls a day', '90 minutes altogether']) expect(text).toContain(part)
})

it('says what the campaign says over its assistant, and that it says nothing', async () => {
  expect(read({})).toContain('As the assistant has it.')
  const view = show({ category: 'Renewals', prompt: 'Offer it.', voice_id: 'katja', language: 'de', record_calls: false, uses_preferred_assistants: true, call_order: 'random',
    qualification: [{ name: 'day', type: 'date', description: 'When?', choices: [] }] })
  await flushPromises()
  for (const part of ['Renewals', 'Adds to the assistant\'s instructions. Speaks German. Speaks as Katja. Records no call. Asks for one thing more.',
    'Contacts with an assistant of their own are called by that one.', 'In random order']) expect(view.text()).toContain(part)
  expect(view.text()).not.toContain('As the assistant has it.')
})
