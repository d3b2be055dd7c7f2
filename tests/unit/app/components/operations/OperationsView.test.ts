// @vitest-environment happy-dom
import { flushPromises } from '@vue/test-utils'
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import OperationsView from '../../../../../app/components/operations/OperationsView.vue'
import { figureGroups } from '../../../../../business/models/health.ts'
import { mountApp } from '../../support/mountApp.ts'

const nothing = Object.fromEntries(Object.values(figureGroups).flat().map((name) => [name, 0]))
const usual = { ...nothing, dialling_enabled: 1, beat_age_seconds: 12, queue_depth: 1234 }
const stub = { props: ['label'], template: '<div><slot />{{ label }}</div>' }
const stubs = Object.fromEntries(['Page', 'PageHeader', 'Alert', 'Card', 'StatusBadge', 'TableSkeleton', 'ErrorState'].map((name) => [name, stub]))

async function shown(figures: Record<string, number>) {
  const view = mountApp(OperationsView, { deps: { operations: { figures: () => Promise.resolve(figures) } }, components: stubs })
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

  it('shows every figure that the database tells', () => {
    const sql = readFileSync('supabase/migrations/20260101002205_health.sql', 'utf8')
    const told = [...sql.slice(sql.indexOf('function private.platform_figures')).split('end $$')[0]!.matchAll(/'([a-z_]+)', /g)].map(([, name]) => name!)
    expect(told.sort()).toEqual([...Object.values(figureGroups).flat()].sort())
  })
})
