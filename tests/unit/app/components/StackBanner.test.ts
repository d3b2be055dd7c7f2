// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest'
import type { WebConfig } from '../../../../config/webConfig.ts'
import StackBanner from '../../../../app/components/shared/StackBanner.vue'
import { mountApp } from '../support/mountApp.ts'

const Popover = { template: '<div><slot name="trigger" /><slot /></div>' }
const config: WebConfig = { apiUrl: 'http://x', publishableKey: 'k', embedded: true, mailUrl: 'http://mail', providers: [], carrierUrl: 'http://x/carrier', paymentsUrl: 'http://x/payments', clockUrl: null, clockOffsetMs: 0, demoUrl: null, errorDsn: null }
const links = (changes: Partial<WebConfig> = {}) =>
  mountApp(StackBanner, { deps: { config: { ...config, ...changes } }, components: { Popover, LazyStackClock: { template: '<i />' } } }).findAll('a').map((link) => link.attributes('href'))

describe('StackBanner', () => {
  it('leads to the mails, to the simulated carrier and to the simulated payments', () => {
    expect(links()).toEqual(['http://mail', 'http://x/carrier', 'http://x/payments'])
  })

  it('leads to no page of a simulator where carrier and payments are real', () => {
    expect(links({ carrierUrl: null, paymentsUrl: null })).toEqual(['http://mail'])
  })
})
