// @vitest-environment happy-dom
import { expect, it } from 'vitest'
import ForecastKept from '../../../../../app/components/campaigns/ForecastKept.vue'
import Card from '../../../../../app/components/ui/Card.vue'
import { mountApp } from '../../support/mountApp.ts'

const range = (p50: number, p90: number) => ({ p50, p90 })
const kept = { kept_at: '2026-03-02T09:01:00Z', people: 40, seconds: range(3000, 4150), dials: range(90, 110), answered: range(31, 31),
  finishes_at: { p50: Date.parse('2026-03-03T15:10:00Z') / 1000, p90: null } }
const campaign = { time_zone: 'UTC', used_seconds: 3601, finished_at: null, counters: { enrolled: 40 }, outcomes: { answered: 30, voicemail: 10, no_answer: 50, busy: 0, failed: 0, canceled: 0 } }
const read = (changes: object = {}) => mountApp(ForecastKept, { props: { campaign: { ...campaign, ...changes }, kept }, components: { Card } }).text()

it('sets what came beside what was said', () => {
  for (const part of ['Minutes61forecast: 50', '70', 'Calls90forecast: 90', 'Conversations30forecast: 31', 'Not yet', '3:15 PM', 'Not with these limits', '40 contacts']) expect(read()).toContain(part)
  expect(read(), 'as many as it was made for').not.toContain('added since')
})

it('says when it was done in the end, and that more people were in it than were counted on', () => {
  expect(read({ finished_at: '2026-03-03T14:05:00Z', counters: { enrolled: 55 } })).toMatch(/added since.*2:05 PM/s)
})
