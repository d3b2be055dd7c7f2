// @vitest-environment happy-dom
import { expect, it } from 'vitest'
import CampaignFacts from '../../../../../app/components/campaigns/CampaignFacts.vue'
import Card from '../../../../../app/components/ui/Card.vue'
import { mountApp } from '../../support/mountApp.ts'

const office = [1, 2, 3, 4, 5].map((weekday) => ({ weekday, opens_at: '09:00', closes_at: '17:00' }))
const campaign = { assistant_id: null, assistant_name: null, windows: office, max_attempts: 3 }

const read = (changes: object) => mountApp(CampaignFacts, { props: { campaign: { ...campaign, ...changes } }, components: { Card, NuxtLink: { template: '<a><slot /></a>' } } }).text()

it('says the calling times as people do', () => {
  expect(read({})).toContain('Mon–Fri, 09:00–17:00in each contact\'s own time zone')
  expect(read({ windows: [{ weekday: 6, opens_at: '00:00', closes_at: '24:00' }] })).toContain('Sat, all day')
  expect(read({ windows: [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, opens_at: '00:00', closes_at: '24:00' })) })).toContain('Any time')
})

it('says what is still missing', () => {
  expect(read({ windows: [] })).toContain('None set')
  expect(read({})).toContain('None chosen')
})
