// @vitest-environment happy-dom
import { PiniaColada } from '@pinia/colada'
import { flushPromises, mount } from '@vue/test-utils'
import { createPinia } from 'pinia'
import { createI18n } from 'vue-i18n'
import { defineComponent } from 'vue'
import { afterEach, expect, it, vi } from 'vitest'
import { useCheckout } from '../../../../../app/components/billing/useCheckout.ts'
import { depsKey } from '../../../../../app/composables/useDeps.ts'
import { useAccountStore } from '../../../../../app/stores/accountStore.ts'
import { AppError } from '../../../../../business/models/appError.ts'
import { en } from '../../support/mountApp.ts'

afterEach(() => vi.unstubAllGlobals())

/** A page with the way to the payment page; answers come one for each attempt. */
function openPage(...answers: (() => Promise<{ url: string }>)[]) {
  const left: string[] = []
  vi.stubGlobal('location', { ...window.location, assign: (url: string) => left.push(url) })
  const requests: unknown[] = []
  const open = async (_account: string, requestId: string) => {
    requests.push(requestId)
    return answers.shift()!()
  }
  let checkout!: ReturnType<typeof useCheckout>
  const page = defineComponent(() => {
    useAccountStore().use('a1')
    checkout = useCheckout()
    return () => null
  })
  const plugins = [createPinia(), PiniaColada, createI18n({ legacy: false, locale: 'en', messages: { en } })]
  mount(page, { global: { plugins, provide: { [depsKey as symbol]: { accounts: {}, billing: {}, checkout: { open } } } } })
  return { checkout, requests, left }
}

const lost = async (): Promise<never> => Promise.reject(new AppError('unavailable', 'No answer.'))
const opened = async () => ({ url: 'https://pay/1' })

it('asks again with the same request after a lost answer, so that one order is made of both', async () => {
  const { checkout, requests, left } = openPage(lost, opened)
  await checkout.pay({ pack_id: 'p1' })
  expect(checkout.isOpening.value).toBe(false)
  await checkout.pay({ pack_id: 'p1' })
  expect(left).toEqual(['https://pay/1'])
  expect(new Set(requests).size).toBe(1)
})

it('asks with another request for another choice, and for the same once it was opened', async () => {
  const { checkout, requests } = openPage(lost, opened, opened)
  await checkout.pay({ pack_id: 'p1' })
  await checkout.pay({ pack_id: 'p2' })
  checkout.isOpening.value = false
  await checkout.pay({ pack_id: 'p2' })
  expect(new Set(requests).size).toBe(3)
})

it('sends a second click nowhere while the first is on its way', async () => {
  const { checkout, requests } = openPage(opened)
  await Promise.all([checkout.pay({ pack_id: 'p1' }), checkout.pay({ pack_id: 'p1' })])
  await flushPromises()
  expect(requests).toHaveLength(1)
})
