// @vitest-environment happy-dom
import { expect, it } from 'vitest'
import AnswerHeatmap from '../../../../../app/components/campaigns/AnswerHeatmap.vue'
import Card from '../../../../../app/components/ui/Card.vue'
import { mountApp } from '../../support/mountApp.ts'

/** What Nuxt would link with: its place is its text's title. */
const NuxtLink = { props: ['to'], template: '<a :href="to"><slot /></a>' }
const placeOf = ({ contact_weekday, contact_hour }: { contact_weekday: number, contact_hour: number }) => `/calls?${contact_weekday}-${contact_hour}`
const show = (week: object[]) => mountApp(AnswerHeatmap, { props: { week, placeOf }, components: { Card, NuxtLink } })
const cell = (weekday: number, hour: number, calls_count: number, answered_count: number) => ({ weekday, hour, calls_count, answered_count, positive_count: 0 })

it('says for every hour of the week how many of how many calls were answered, and where nobody was called', () => {
  const view = show([cell(1, 9, 4, 1), cell(2, 10, 1, 1)])
  expect(view.findAll('tbody tr')).toHaveLength(7)
  const cells = view.findAll('tbody tr').slice(0, 2).map((row) => row.findAll('td').map((each) => each.text()))
  expect(cells).toEqual([['Mon, 9:00 AM: 25% of 4 calls answered', 'nobody called'], ['nobody called', 'Tue, 10:00 AM: 100% of one call answered']])
  expect(view.findAll('a').map((link) => link.attributes('href')), 'each leads to its calls').toEqual(['/calls?1-9', '/calls?2-10'])
})

it('says that nobody was called before anybody was', () => {
  expect(show([]).text()).toContain('Nobody was called yet.')
})
