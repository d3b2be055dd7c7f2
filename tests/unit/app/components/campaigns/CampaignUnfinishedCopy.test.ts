// @vitest-environment happy-dom
import { flushPromises } from '@vue/test-utils'
import { expect, it, vi } from 'vitest'
import CampaignUnfinishedCopy from '../../../../../app/components/campaigns/CampaignUnfinishedCopy.vue'
import Alert from '../../../../../app/components/ui/Alert.vue'
import Button from '../../../../../app/components/ui/Button.vue'
import { mountApp } from '../../support/mountApp.ts'

const copy = { campaign_id: 'source', name: 'Spring', cursor: 4_000, left_count: 1_200 }

function open(copyContacts: (...args: unknown[]) => Promise<unknown>) {
  const view = mountApp(CampaignUnfinishedCopy, { props: { campaignId: 'c1', copy }, deps: { campaigns: { copyContacts }, accounts: {} } as never, components: { Alert, Button } })
  return { view, goOn: async () => view.get('button').trigger('click') }
}

it('says how many are missing of whom', () => {
  expect(open(vi.fn()).view.text()).toContain('1,200 contacts of Spring are still missing.')
})

it('goes on where the copy broke off, to its end, and says how far it is', async () => {
  const rest = Promise.withResolvers<unknown>()
  const copyContacts = vi.fn().mockResolvedValueOnce({ enrolled: 998, already: 2, blocked_count: 0, next_cursor: 5_000 }).mockReturnValueOnce(rest.promise)
  const { view, goOn } = open(copyContacts)
  await goOn()
  await flushPromises()
  expect(view.get('p[role=status]').text()).toContain('1,000 of 1,200')
  rest.resolve({ enrolled: 200, already: 0, blocked_count: 0, next_cursor: null })
  await flushPromises()
  expect(copyContacts.mock.calls).toEqual([['c1', 'source', 4_000], ['c1', 'source', 5_000]])
  expect(view.find('p[role=status]').exists()).toBe(false)
})

it('can be tried again after a failure', async () => {
  const copyContacts = vi.fn().mockRejectedValueOnce(new Error('fetch failed')).mockResolvedValueOnce({ enrolled: 1_200, already: 0, blocked_count: 0, next_cursor: null })
  const { goOn } = open(copyContacts)
  await goOn()
  await flushPromises()
  await goOn()
  await flushPromises()
  expect(copyContacts).toHaveBeenCalledTimes(2)
})
