// @vitest-environment happy-dom
import { afterEach, expect, it, vi } from 'vitest'
import CampaignBar from '../../../../../app/components/campaigns/CampaignBar.vue'
import CampaignCounters from '../../../../../app/components/campaigns/CampaignCounters.vue'
import Card from '../../../../../app/components/ui/Card.vue'
import { mountApp } from '../../support/mountApp.ts'

const counters = { enrolled: 11, waiting: 9, calling: 0, reached: 0, exhausted: 0, blocked: 2, opted_out: 0, removed: 0 }
const campaign = { id: 'c1', name: 'Spring', counters, pause_reason: null, wait_reason: null, next_at: null, finished_at: null }

afterEach(() => vi.unstubAllGlobals())

function read(status: string) {
  vi.stubGlobal('useRoute', () => ({ query: {} }))
  const components = { CampaignBar, Card, CampaignOutcomes: { template: '<i />' }, LiveNumber: { props: ['value'], template: '<b>{{ value }}</b>' }, NuxtLink: { template: '<a><slot /></a>' } }
  return mountApp(CampaignCounters, { props: { campaign: { ...campaign, status } }, components, deps: { accounts: {} as never } })
}

it('counts whom nobody can call as done once the campaign runs', () => {
  expect(read('active').text()).toContain('18%2 of 11 contacts done')
})

it('shows no progress before the start, also not for whom nobody can call', () => {
  for (const status of ['draft', 'scheduled']) {
    const view = read(status)
    expect(view.text()).toContain('11 contacts')
    expect(view.text()).not.toMatch(/%|done/)
    expect(view.find('[role=progressbar]').exists()).toBe(false)
  }
})
