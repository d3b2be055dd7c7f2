// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest'
import type { WebConfig } from '../../../../config/webConfig.ts'
import StackBanner from '../../../../app/components/shared/StackBanner.vue'
import { mountApp } from '../support/mountApp.ts'

const Popover = { template: '<div><slot name="trigger" /><slot /></div>' }
const config: WebConfig = { apiUrl: 'http://x', publishableKey: 'k', embedded: true, mailUrl: 'http://mail', carrierUrl: 'http://x/carrier', clockUrl: null, clockOffsetMs: 0, demoUrl: null }
const links = (changes: Partial<WebConfig> = {}) =>
  mountApp(StackBanner, { deps: { config: { ...config, ...changes } }, components: { Popover, LazyStackClock: { template: '<i />' } } }).findAll('a').map((link) => link.attributes('href'))

describe('StackBanner', () => {
  it('leads to the mails and to the simulated carrier', () => {
    expect(links()).toEqual(['http://mail', 'http://x/carrier'])
  })

  it('leads to no carrier page where the carrier is real', () => {
    expect(links({ carrierUrl: null })).toEqual(['http://mail'])
  })
})
