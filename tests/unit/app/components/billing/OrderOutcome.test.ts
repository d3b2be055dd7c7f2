// @vitest-environment happy-dom
import { PiniaColada } from '@pinia/colada'
import { flushPromises, mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { createI18n } from 'vue-i18n'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import OrderOutcome from '../../../../../app/components/billing/OrderOutcome.vue'
import InvoiceButton from '../../../../../app/components/billing/InvoiceButton.vue'
import Alert from '../../../../../app/components/ui/Alert.vue'
import Button from '../../../../../app/components/ui/Button.vue'
import Spinner from '../../../../../app/components/ui/Spinner.vue'
import { depsKey } from '../../../../../app/composables/useDeps.ts'
import { useAccountStore } from '../../../../../app/stores/accountStore.ts'
import { en } from '../../support/mountApp.ts'

const order = {
  id: 'o1', account_id: 'a1', kind: 'checkout', pack_id: 'minutes_100', description: '100 minutes', seconds: 6000, bonus_seconds: 0, amount_cents: 5000,
  currency: 'usd', status: 'open', saves_card: false, failure_code: null, failure_message: null, invoice_path: null, invoice_no: null,
}

beforeEach(() => vi.useFakeTimers())
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

/** Comes to the page with an address; what stands in stored is what the database says of the order from then on. */
async function arrive(query: Record<string, string>, stored: object, { permissions = ['billing.read', 'billing.manage'] } = {}) {
  vi.stubGlobal('useRoute', () => ({ query }))
  vi.stubGlobal('useRouter', () => ({ replace: vi.fn() }))
  const left: string[] = []
  vi.stubGlobal('location', { ...window.location, assign: (url: string) => left.push(url) })
  const getOrder = vi.fn(async () => ({ ...order, ...stored }))
  const checkout = { check: vi.fn(async () => ({})), continue: vi.fn(async () => ({ url: 'https://pay/1' })), cancel: vi.fn(async () => ({})) }
  const accounts = { list: async () => [{ account_id: 'a1', time_zone: 'UTC', permissions }] }
  const pinia = createPinia()
  const view = mount(OrderOutcome, {
    props: { orderId: 'o1' },
    global: {
      components: { Alert, Button, Spinner, InvoiceButton, ErrorState: { template: '<p>error</p>' }, NuxtLink: { template: '<a><slot /></a>' } },
      plugins: [pinia, PiniaColada, createI18n({ legacy: false, locale: 'en', messages: { en } })],
      provide: { [depsKey as symbol]: { accounts, billing: { getOrder }, checkout } },
    },
  })
  setActivePinia(pinia)
  await useAccountStore().load()
  await flushPromises()
  const look = async (times = 1) => {
    for (let time = 0; time < times; time++) {
      await vi.advanceTimersByTimeAsync(2000)
      await flushPromises()
    }
  }
  return { view, checkout, getOrder, look, left }
}

const buttons = (view: { findAll: (selector: string) => { text: () => string }[] }) => view.findAll('button').map((button) => button.text())

it('believes the event, not the address: paid=1 alone confirms nothing', async () => {
  const stored = { status: 'open' }
  const { view, look } = await arrive({ order: 'o1', paid: '1' }, stored)
  await look()
  expect(view.text()).toContain('Confirming your payment')
  stored.status = 'paid'
  await look()
  expect(view.text()).toContain('100:00 min were added')
})

it('has the provider asked when the event does not come, and in the end lets the person go', async () => {
  const { view, checkout, look } = await arrive({ order: 'o1', paid: '1' }, {})
  await look(2)
  expect(checkout.check).not.toHaveBeenCalled()
  await look()
  expect(checkout.check).toHaveBeenCalledExactlyOnceWith('o1')
  await look(12)
  expect(view.text()).toContain('takes longer than usual')
})

it('offers to go on or to cancel to whoever came back without paying, and asks nobody', async () => {
  const stored = { status: 'open' }
  const { view, checkout, look, left } = await arrive({ order: 'o1' }, stored)
  expect(buttons(view)).toEqual(['Continue to payment', 'Cancel the order'])
  await view.findAll('button')[0]!.trigger('click')
  await flushPromises()
  expect(left).toEqual(['https://pay/1'])
  await view.findAll('button')[1]!.trigger('click')
  expect(checkout.cancel).toHaveBeenCalledWith('o1')
  stored.status = 'canceled'
  await look(3)
  expect(view.text()).toContain('The order was canceled')
  expect(checkout.check).not.toHaveBeenCalled()
})

it.each([
  [{ status: 'pending' }, 'added by themselves when the money has arrived', ['Close']],
  [{ status: 'failed', failure_code: 'insufficient_funds' }, 'The card has not enough money.', ['Try again', 'Close']],
  [{ status: 'expired' }, 'not paid in time', ['Try again', 'Close']],
])('says of %o what it means and what to do', async (changes, words, offered) => {
  const { view } = await arrive({ order: 'o1', paid: '1' }, changes)
  expect(view.text()).toContain(words)
  expect(buttons(view)).toEqual(offered)
})

it('stops looking when nothing can change any more', async () => {
  const { getOrder, look } = await arrive({ order: 'o1', paid: '1' }, { status: 'paid' })
  const before = getOrder.mock.calls.length
  await look(5)
  expect(getOrder.mock.calls.length).toBe(before)
})

it('offers nothing that would be refused to whoever may only look', async () => {
  const { view } = await arrive({ order: 'o1' }, {}, { permissions: ['billing.read'] })
  expect(buttons(view)).toEqual(['Close'])
})
