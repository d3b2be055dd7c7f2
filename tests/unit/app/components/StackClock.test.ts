// @vitest-environment happy-dom
import { flushPromises } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import StackClock from '../../../../app/components/shared/StackClock.vue'
import { currentTime, setClockOffset } from '../../../../app/composables/useNow.ts'
import type { WebConfig } from '../../../../config/webConfig.ts'
import { mountApp } from '../support/mountApp.ts'

const HOUR_MS = 3_600_000
const Popover = { template: '<div><slot name="trigger" /><slot /></div>' }
const Button = { template: '<button><slot /></button>' }
const config = { clockUrl: 'http://x/carrier/clock' } as WebConfig
const facts = { offset_ms: 0, time_zone: 'America/New_York', is_waiting: true, opens_at: '2026-03-02T14:00:00Z' }

describe('StackClock', () => {
  let answer: () => Promise<Response>
  const asked: (string | undefined)[] = []
  beforeEach(() => {
    vi.useFakeTimers({ now: new Date('2026-03-02T08:12:00Z') })
    asked.length = 0
    answer = () => Promise.resolve(Response.json(facts))
    vi.stubGlobal('fetch', (_url: string, { body }: { body?: string }) => {
      asked.push(body)
      return answer()
    })
  })
  afterEach(() => {
    vi.useRealTimers()
    vi.unstubAllGlobals()
    setClockOffset(0)
  })

  const mounted = async () => {
    const clock = mountApp(StackClock, { deps: { config }, components: { Popover, Button } })
    await flushPromises()
    return clock
  }

  it('says how late it is for the contacts, and when calling opens', async () => {
    expect((await mounted()).text()).toContain('It is 3:12 AM for your contacts in New York. Calling opens Mon 9:00 AM.')
  })

  it('moves the clock of the stack, and with it that of the pages', async () => {
    const clock = await mounted()
    answer = () => Promise.resolve(Response.json({ ...facts, offset_ms: HOUR_MS }))
    await clock.findAll('button').find((button) => button.text() === 'Forward an hour')?.trigger('click')
    await flushPromises()
    expect(asked).toEqual([undefined, '{"move":"hour"}'])
    expect(clock.text()).toContain('It is 4:12 AM')
    expect(clock.text()).toContain('The clock is 1 h ahead of real time')
    expect(currentTime()).toEqual(new Date('2026-03-02T09:12:00Z'))
  })

  it('says that it could not, and lets one try again', async () => {
    const clock = await mounted()
    answer = () => Promise.resolve(new Response('', { status: 500 }))
    await clock.findAll('button').find((button) => button.text() === 'Forward an hour')?.trigger('click')
    await flushPromises()
    expect(clock.get('[role=alert]').text()).toContain('Try again')
    expect(currentTime()).toEqual(new Date('2026-03-02T08:12:00Z'))
  })

  it('follows when the clock is moved from elsewhere', async () => {
    await mounted()
    answer = () => Promise.resolve(Response.json({ ...facts, offset_ms: 2 * HOUR_MS }))
    await vi.advanceTimersByTimeAsync(20_000)
    expect(currentTime()).toEqual(new Date('2026-03-02T10:12:20Z'))
  })
})
