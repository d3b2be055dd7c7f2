// @vitest-environment happy-dom
import { expect, it } from 'vitest'
import CampaignOutcomes from '../../../../../app/components/campaigns/CampaignOutcomes.vue'
import { mountApp } from '../../support/mountApp.ts'

const none = { answered: 0, voicemail: 0, no_answer: 0, busy: 0, failed: 0, canceled: 0 }
const NuxtLink = { props: ['to'], template: '<a :href="`${to.path}?outcome=${to.query.outcome}`"><slot /></a>' }
const show = (outcomes: object) => mountApp(CampaignOutcomes, { props: { campaign: { id: 'c1', outcomes: { ...none, ...outcomes } } }, components: { NuxtLink } })

it('counts what the line did, most frequent first, and names only what happened', () => {
  const links = show({ busy: 3, answered: 1200 }).findAll('a')
  expect(links.map((link) => link.text())).toEqual(['Answered: 1,200', 'Busy: 3'])
  expect(show({}).text()).toContain('None yet')
})

it('leads from a count to the calls it counts, which stay in the campaign', () => {
  expect(show({ no_answer: 2 }).get('a').attributes('href')).toBe('/campaigns/c1/calls?outcome=no_answer')
})
