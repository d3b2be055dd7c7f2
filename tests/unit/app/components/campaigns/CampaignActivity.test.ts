// @vitest-environment happy-dom
import { flushPromises } from '@vue/test-utils'
import { globSync, readFileSync } from 'node:fs'
import { expect, it, vi } from 'vitest'
import CampaignActivity from '../../../../../app/components/campaigns/CampaignActivity.vue'
import { en, mountApp } from '../../support/mountApp.ts'

const entry = (id: number, verb: string, details: object = {}, actor_name: string | null = 'Ada') => ({ id, verb: `campaign.${verb}`, details, actor_name, created_at: '2026-11-21T15:00:00Z' })

async function read(rows: object[]): Promise<string[]> {
  const listActivity = vi.fn().mockResolvedValue({ rows, next_cursor: null })
  const view = mountApp(CampaignActivity, {
    props: { campaign: { id: 'c1', assistant_name: 'Emma' } }, deps: { campaigns: { listActivity }, accounts: {} } as never,
    components: { KeysetPager: { template: '<i />' }, TableSkeleton: { template: '<i />' }, ErrorState: { template: '<i />' } },
  })
  await flushPromises()
  return view.findAll('li').map((row) => row.text().replace(/Nov 21.*/, '').trim())
}

it('tells who did what, in words', async () => {
  expect(await read([entry(3, 'repinned', { version: 2 }), entry(2, 'changed', { fields: ['budget_seconds', 'windows'] }), entry(1, 'started')])).toEqual([
    'Ada moved it to version 2 of Emma', 'Ada changed its budget, its calling times', 'Ada started it'])
})

it('tells a rule\'s pause with its figures, and what nobody did as the campaign\'s own', async () => {
  expect(await read([entry(2, 'paused_by_rule', { reason: 'failure_rate', count: 12, of: 20, limit_percent: 50 }, null), entry(1, 'completed', {}, null)])).toEqual([
    expect.stringMatching(/^Outdial followed a rule\. Paused: 12 of the last 20 calls failed/), 'Outdial completed it: everybody has a final state'])
})

it('tells of a call that somebody had ended, and leads to it', async () => {
  const ended = { ...entry(1, 'x'), verb: 'call.end_asked', call_id: 'c9' }
  expect(await read([ended])).toEqual(['Ada had a call ended. Open the call'])
})

it('has words for what it does not know yet', async () => {
  expect(await read([entry(1, 'sung_to')])).toEqual(['Ada sung to'])
})

it('has words for everything that the database notes of a campaign', () => {
  const sql = globSync('supabase/migrations/*.sql').map((file) => readFileSync(file, 'utf8')).join('\n')
  const noted = [/'campaign\.(\w+)'/g, /set_campaign_status\(campaign, [^,]+, '(\w+)'/g].flatMap((verb) => [...sql.matchAll(verb)].map(([, name]) => name!))
  // A campaign that was deleted has no page.
  const told = [...new Set(noted)].filter((verb) => verb !== 'deleted')
  expect(told).toContain('unarchived')
  expect(told.filter((verb) => !(verb in en.campaign_page.activity.verb))).toEqual([])
})
