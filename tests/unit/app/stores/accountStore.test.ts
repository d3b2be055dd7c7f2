import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, expect, it, vi } from 'vitest'
import type { Account } from '../../../../business/models/account.ts'
import { anAccount } from '../support/anAccount.ts'

const answer = { accounts: [] as Account[], asked: 0 }
const list = () => {
  answer.asked++
  return Promise.resolve(answer.accounts)
}
vi.mock('../../../../app/composables/useDeps.ts', () => ({ useDeps: () => ({ accounts: { list } }) }))
const storage = new Map<string, string>()
const keep = { getItem: (key: string) => storage.get(key) ?? null, setItem: (key: string, value: string) => void storage.set(key, value) }
vi.stubGlobal('sessionStorage', keep)
vi.stubGlobal('localStorage', keep)
const { useAccountStore } = await import('../../../../app/stores/accountStore.ts')

const account = (account_id: string, team_changed_at: string, role: Account['role'] = 'admin'): Account =>
  anAccount({ account_id, name: account_id, role, team_changed_at, permissions: role === 'admin' ? ['team.manage'] : [] })
const change = (team_changed_at: string, account_id = 'a1') =>
  ({ account_id, balance_seconds: 600, reserved_seconds: 60, in_flight: 1, noticed_at: null, team_changed_at })

beforeEach(() => {
  setActivePinia(createPinia())
  storage.clear()
  Object.assign(answer, { accounts: [account('a1', 'at one'), account('a2', 'at one')], asked: 0 })
})

it('asks what the person may do again when the team changed since, and not when only minutes did', async () => {
  const store = useAccountStore()
  await store.load()
  await store.apply(change('at one'))
  expect([answer.asked, store.wallet?.spendable_seconds, store.can('team.manage')]).toEqual([1, 540, true])
  answer.accounts = [account('a1', 'at two', 'viewer')]
  await store.apply(change('at two'))
  await store.apply(change('at two'))
  expect([answer.asked, store.can('team.manage')]).toEqual([2, false])
  await store.apply(change('at nine', 'another'))
  expect(answer.asked).toBe(2)
})

it('goes on in another account when the membership of this one ended, and in none when it was the last', async () => {
  const store = useAccountStore()
  await store.load()
  answer.accounts = [account('a2', 'at one')]
  await store.apply(change('at two'))
  expect(store.currentId).toBe('a2')
  answer.accounts = []
  await store.apply(change('at three', 'a2'))
  expect([store.currentId, store.account]).toEqual([null, null])
})
