// @vitest-environment happy-dom
import { flushPromises } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import DemoOffer from '../../../../../app/components/auth/DemoOffer.vue'
import type { DemoState } from '../../../../../app/composables/useDemo.ts'
import type { Deps } from '../../../../../app/composables/useDeps.ts'
import { mountApp } from '../../support/mountApp.ts'

const known: DemoState = { state: 'none', progress: 0, email: 'demo@example.com', password: 'Explore#1234', message: null }
const passThrough = { template: '<div><slot /></div>' }
const components = { Card: passThrough, Alert: { template: '<div role="alert"><slot /></div>' }, Progress: { template: '<i />' }, Button: { template: '<button><slot /></button>' } }

describe('DemoOffer', () => {
  let answers: (DemoState | null)[]
  const asked: string[] = []
  const signIn = vi.fn((_email: string, _password: string) => Promise.resolve({ id: 'u' }))
  beforeEach(() => {
    vi.useFakeTimers()
    asked.length = 0
    signIn.mockClear()
    vi.stubGlobal('fetch', (_url: string, order: { method?: string }) => {
      asked.push(order.method ?? 'GET')
      const answer = answers.length > 1 ? answers.shift() : answers[0]
      return Promise.resolve(answer ? Response.json(answer) : new Response('', { status: 503 }))
    })
  })
  afterEach(() => {
    vi.useRealTimers()
    vi.unstubAllGlobals()
  })

  const offered = async (...given: (DemoState | null)[]) => {
    answers = given
    const deps = { config: { demoUrl: 'http://x/carrier/demo' }, session: { signIn } } as unknown as Deps
    const offer = mountApp(DemoOffer, { deps, components })
    await flushPromises()
    return offer
  }

  it('makes the demo at a click, says how far it is, and signs in when it is ready', async () => {
    const offer = await offered(known, { ...known, state: 'making', progress: 0.4 }, { ...known, state: 'ready' })
    await offer.get('button').trigger('click')
    await flushPromises()
    expect(offer.get('[role=status]').text()).toContain('day 13 of 31')
    expect(signIn).not.toHaveBeenCalled()
    await vi.advanceTimersByTimeAsync(700)
    expect(asked).toEqual(['GET', 'POST', 'GET'])
    expect(signIn).toHaveBeenCalledWith('demo@example.com', 'Explore#1234')
    expect(offer.emitted('entered')).toHaveLength(1)
  })

  it('follows a demo that is being made already, without asking for another', async () => {
    const offer = await offered({ ...known, state: 'making' }, { ...known, state: 'ready' })
    expect(offer.find('button').exists()).toBe(false)
    await vi.advanceTimersByTimeAsync(700)
    expect(asked).toEqual(['GET', 'GET'])
    expect(offer.emitted('entered')).toHaveLength(1)
  })

  it('waits for a click where the demo has been there before', async () => {
    const offer = await offered({ ...known, state: 'ready' })
    expect(offer.get('button').text()).toBe('Open the demo account')
    expect(signIn).not.toHaveBeenCalled()
  })

  it('says what went wrong and what to do, and lets one try again', async () => {
    const offer = await offered({ ...known, state: 'failed', message: 'The disk is full.' })
    expect(offer.get('[role=alert]').text()).toContain('The disk is full. Try again')
    expect(offer.get('button').text()).toBe('Explore with demo data')
  })

  it('says so when the stack does not answer', async () => {
    const offer = await offered(null)
    expect(offer.get('[role=alert]').text()).toContain('Is npm start still running?')
  })
})
