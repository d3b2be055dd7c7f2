// @vitest-environment happy-dom
import { expect, it } from 'vitest'
import CampaignWait from '../../../../../app/components/campaigns/CampaignWait.vue'
import { mountApp } from '../../support/mountApp.ts'

const counters = { enrolled: 9, waiting: 9, calling: 0, reached: 0, exhausted: 0, blocked: 0, opted_out: 0, removed: 0 }
const facts = { spendable_seconds: 540, needed_seconds: 600, hold_until: null, hold_reason: null, next_time_zone: 'America/New_York' }
const running = { status: 'active', pause_reason: null, pause_details: {}, counters, next_at: null, wait_reason: null, wait_facts: facts }

function read(changes: object) {
  return mountApp(CampaignWait, { props: { campaign: { ...running, ...changes } }, deps: { accounts: {} as never } })
}

it('says how much is left and how much a call may need when minutes are short', () => {
  expect(read({ wait_reason: 'no_minutes' }).text()).toBe('9:00 left, a call may last 10:00: top up or shorten calls.')
})

it('says when calling goes on and in whose zone while every window is closed', () => {
  expect(read({ wait_reason: 'window_closed', next_at: '2026-11-23T14:00:00Z' }).text()).toBe('Resumes Mon 9:00 AM New York')
})

it('says nothing while it dials', () => {
  expect(read({}).text()).toBe('')
})

it('says that a paused campaign calls nobody new', () => {
  expect(read({ status: 'paused' }).text()).toBe('Nobody new is called until you resume.')
})

it('says when the next attempt is due when nobody is callable now', () => {
  expect(read({ next_at: '2126-11-23T14:00:00Z' }).text()).toContain('Next attempt Nov 23, 2126')
})

it('says how many calls are under way, rather than that the line is full, while they are', () => {
  const busy = { counters: { ...counters, waiting: 6, calling: 3 }, wait_reason: 'no_slot' }
  expect(read(busy).text()).toBe('3 calls under way')
  expect(read({ wait_reason: 'no_slot' }).text()).toContain('goes on when one is free')
})

it('says of what is scheduled when it starts, and of what is over when it ended', () => {
  expect(read({ status: 'scheduled', launch_at: '2026-11-23T14:00:00Z' }).text()).toBe('Starts by itself Nov 23, 2026, 2:00 PM')
  expect(read({ status: 'completed', finished_at: '2026-05-03T14:00:00Z' }).text()).toBe('Finished May 3, 2026')
  expect(read({ status: 'stopped', finished_at: '2026-05-03T14:00:00Z' }).text()).toBe('Stopped May 3, 2026')
  expect(read({ status: 'draft' }).text()).toBe('')
})
