// @vitest-environment happy-dom
import { flushPromises } from '@vue/test-utils'
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import OperationsAlerts from '../../../../../app/components/operations/OperationsAlerts.vue'
import OperationsView from '../../../../../app/components/operations/OperationsView.vue'
import type { RaisedAlert } from '../../../../../business/models/alert.ts'
import { figureGroups } from '../../../../../business/models/health.ts'
import { mountApp } from '../../support/mountApp.ts'

const nothing = Object.fromEntries(Object.values(figureGroups).flat().map((name) => [name, 0]))
const usual = { ...nothing, dialling_enabled: 1, beat_age_seconds: 12, queue_depth: 1234 }
const stub = { props: ['label'], template: '<div><slot />{{ label }}</div>' }
const stubs = Object.fromEntries(['Page', 'PageHeader', 'Alert', 'Card', 'StatusBadge', 'TableSkeleton', 'ErrorState'].map((name) => [name, stub]))

async function shown(figures: Record<string, number>, alerts: RaisedAlert[] = []) {
  const operations = { figures: () => Promise.resolve(figures), alerts: () => Promise.resolve(alerts), isOperator: () => Promise.resolve(true) }
  const view = mountApp(OperationsView, { deps: { operations }, components: { ...stubs, OperationsAlerts } })
  await flushPromises()
  return view.text()
}

describe('OperationsView', () => {
  it('says that everything keeps up', async () => {
    const text = await shown(usual)
    expect(text).toContain('Everything keeps up.')
    expect(text).toContain('1,234')
    expect(text).toMatch(/Dialling\s*On/)
    expect(text).not.toContain('Look at it')
  })

  it('names what is not as usual', async () => {
    const text = await shown({ ...usual, drifted_accounts: 1, dialling_enabled: 0 })
    expect(text).toContain('2 figures are not as usual.')
    expect(text).toMatch(/Dialling\s*Look at it\s*Off/)
  })

  describe('what is raised', () => {
    const raised = (more: Partial<RaisedAlert> = {}): RaisedAlert => ({ name: 'LineHeld', value: 1, raised_at: ago(130), told_at: ago(1), mails: 'sent', ...more })
    const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString()

    it('stands above the figures with its age and what became of its mails', async () => {
      const text = await shown(usual, [raised(), raised({ name: 'NewerThanThisPage', mails: null, told_at: null })])
      expect(text).toContain('A line is held: the provider refuses its key or its balance.')
      expect(text).toMatch(/2 hr\. ago · Operators were mailed/)
      expect(text).toMatch(/NewerThanThisPage.*Nobody was mailed/)
      expect(text).not.toContain('do not leave')
      expect(text).not.toContain('Everything keeps up')
    })

    it.each([['failed', 0, true], ['waiting', 6, true], ['waiting', 4, false], ['sent', 60, false]] as const)('with mails that are %s for %i minutes: mails that do not leave are said: %s', async (mails, minutes, isSaid) => {
      expect((await shown(usual, [raised({ mails, told_at: ago(minutes) })])).includes('Mails about this do not leave')).toBe(isSaid)
    })
  })

  it('shows every figure that the database tells', () => {
    const sql = readFileSync('supabase/migrations/20260101002205_health.sql', 'utf8')
    const told = [...sql.slice(sql.indexOf('function private.platform_figures')).split('end $$')[0]!.matchAll(/'([a-z_]+)', /g)].map(([, name]) => name!)
    expect(told.sort()).toEqual([...Object.values(figureGroups).flat()].sort())
  })
})
