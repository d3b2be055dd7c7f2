// @vitest-environment happy-dom
import { flushPromises } from '@vue/test-utils'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { nextTick } from 'vue'
import CommandMenu from '../../../../../app/components/shared/CommandMenu.vue'
import { useAccountStore } from '../../../../../app/stores/accountStore.ts'
import { AppError } from '../../../../../business/models/appError.ts'
import type { FoundThing } from '../../../../../business/models/search.ts'
import { anAccount } from '../../support/anAccount.ts'
import { mountApp } from '../../support/mountApp.ts'

const push = vi.fn()
vi.mock('vue-router', async (original) => ({ ...await original<object>(), useRouter: () => ({ push }), useRoute: () => ({ path: '/' }) }))

const grace: FoundThing = { kind: 'contact', id: '01a2038f-1c3c-7947-b0ec-e2d34fcb88f8', title: 'Grace Hopper', detail: '+12125550100', status: null, is_archived: false }
const spring: FoundThing = { kind: 'campaign', id: '02a2038f-1c3c-7947-b0ec-e2d34fcb88f8', title: 'Spring', detail: null, status: 'paused', is_archived: false }
const find = vi.fn(async (_account: string, _text: string): Promise<FoundThing[]> => [])
const findAgain = vi.fn(async (_account: string, _ids: string[]): Promise<FoundThing[]> => [])

beforeEach(() => {
  vi.useFakeTimers()
  localStorage.clear()
  for (const mock of [push, find, findAgain]) mock.mockReset()
  find.mockResolvedValue([spring, grace])
  findAgain.mockResolvedValue([])
})
afterEach(() => {
  vi.useRealTimers()
  document.body.innerHTML = ''
})

async function open(permissions: string[] = [], isOperator = false) {
  const deps = { search: { find, findAgain }, accounts: {}, session: {}, campaigns: {}, operations: { isOperator: async () => isOperator } }
  const components = { Spinner: { template: '<i />' }, Kbd: { template: '<kbd />' }, LazyContactFormDialog: { template: '<i />' } }
  const view = mountApp(CommandMenu, { props: { open: false }, deps: deps as never, components })
  const accounts = useAccountStore()
  accounts.accounts = [anAccount({ permissions: permissions as never })]
  accounts.use('a1')
  await view.setProps({ open: true })
  await settle()
  return view
}

async function settle() {
  await vi.advanceTimersByTimeAsync(200)
  await flushPromises()
  await nextTick()
}

async function type(text: string) {
  const input = document.querySelector('input')!
  input.value = text
  input.dispatchEvent(new Event('input'))
  await nextTick()
}
const options = () => [...document.querySelectorAll('[role=option]')].map((option) => option.textContent?.replace(/\s+/g, ' ').trim())
const said = () => document.querySelector('[role=status]')?.textContent

it('finds things with their number or state, asks once for what is typed without a pause, and says how many there are', async () => {
  await open()
  await type('s')
  await type('sp')
  expect(said()).toBe('Searching …')
  await settle()
  expect(find.mock.calls).toEqual([['a1', 'sp']])
  expect(options()).toEqual(['SpringPaused', 'Grace Hopper+12125550100'])
  expect(said()).toBe('2 results')
})

it('shows nothing that fitted a moment ago', async () => {
  await open()
  await type('spring')
  await settle()
  await type('spring x')
  expect(options()).toEqual([])
})

it('shows what was opened last, in that order, read anew whenever it opens', async () => {
  localStorage.setItem('outdial-recent-a1', JSON.stringify([grace.id, spring.id]))
  findAgain.mockResolvedValue([spring, grace])
  const view = await open()
  expect(options().slice(0, 2)).toEqual(['Grace Hopper+12125550100', 'SpringPaused'])
  await view.setProps({ open: false })
  localStorage.setItem('outdial-recent-a1', JSON.stringify([spring.id]))
  findAgain.mockResolvedValue([spring])
  await view.setProps({ open: true })
  await settle()
  expect(findAgain.mock.calls.at(-1)).toEqual(['a1', [spring.id]])
})

it('offers what the role allows, and no more', async () => {
  await open()
  expect(options()).not.toContain('New campaign')
  document.body.innerHTML = ''
  await open(['campaigns.edit', 'billing.manage'])
  expect(options()).toEqual(expect.arrayContaining(['New campaign', 'Top up minutes']))
  expect(options()).not.toContain('New assistant')
  expect(options()).not.toContain('Operations')
})

it('leads whoever runs the installation to its figures', async () => {
  await open([], true)
  expect(options()).toContain('Operations')
})

it('says that it could not search, and tries again', async () => {
  find.mockRejectedValueOnce(new AppError('unavailable', 'away'))
  await open()
  await type('spring')
  await settle()
  expect(options()).toHaveLength(1)
  expect(options()[0]).toContain('Try again')
  expect(said()).not.toBe('')
  document.querySelector<HTMLElement>('[role=option]')!.click()
  await settle()
  expect(find).toHaveBeenCalledTimes(2)
})
