// @vitest-environment happy-dom
import { expect, it } from 'vitest'
import ReportFigures from '../../../../../app/components/reports/ReportFigures.vue'
import Card from '../../../../../app/components/ui/Card.vue'
import Stat from '../../../../../app/components/ui/Stat.vue'
import type { CallConditions } from '../../../../../business/models/callFilter.ts'
import type { ShortReport } from '../../../../../business/models/report.ts'
import { mountApp } from '../../support/mountApp.ts'

const NuxtLink = { props: ['to'], template: '<a :href="to"><slot /></a>' }
const placeOf = (more: CallConditions) => `/calls?${JSON.stringify(more)}`
const figures = {
  calls_count: 200, answered_count: 50, positive_count: 10, neutral_count: 5, negative_count: 5, talk_seconds: 3000, billed_seconds: 6000,
  price_micros: 40_000_000 as number | null,
}
const report: ShortReport = {
  first_day: '2026-11-01', unit: 'day', figures, before: { ...figures, calls_count: 160, answered_count: 32, positive_count: 0, billed_seconds: 12_000 }, spans: [], outcomes: {},
  tests: { calls_count: 1, billed_seconds: 60, price_micros: 400_000 }, currency: 'usd',
}

/** label → value and hint, and the label's place. */
function shown(of: ShortReport) {
  const view = mountApp(ReportFigures, { props: { report: of, placeOf }, components: { Card, Stat: { ...Stat, components: { Card, NuxtLink } }, NuxtLink } })
  return Object.fromEntries(view.findAll('section section').map((card) => {
    const link = card.find('a')
    return [link.text(), [link.attributes('href'), ...card.findAll('div, p:last-child').map((part) => part.text())]]
  }))
}

it('says what calls came to, what it was before, and where the calls are', () => {
  expect(shown(report)).toEqual({
    Calls: ['/calls?{}', '200', '25% more'],
    'Answer rate': ['/calls?{"outcomes":["answered"]}', '25%', '50 answered · 5 points more'],
    Successful: ['/calls?{"dispositions":["interested"]}', '10', '20% of the answered · none before'],
    'Average conversation': ['/calls?{"outcomes":["answered"]}', '1:00', '0:34 less'],
    Minutes: ['/calls?{}', '100:00', '50% less'],
    Spend: ['/calls?{}', '$40.00', 'and $0.40 for tests · as before'],
    'Spend per success': ['/calls?{"dispositions":["interested"]}', '$4.00'],
  })
})

it('shows no rise from nothing, and no price to whoever may not see it', () => {
  const nobody = { calls_count: 0, answered_count: 0, positive_count: 0, neutral_count: 0, negative_count: 0 }
  const nothing = { ...nobody, talk_seconds: 0, billed_seconds: 0, price_micros: null }
  const seen = shown({ ...report, currency: null, figures: { ...figures, price_micros: null }, before: nothing })
  expect(Object.keys(seen)).toEqual(['Calls', 'Answer rate', 'Successful', 'Average conversation', 'Minutes'])
  expect(seen.Calls!.at(-1)).not.toContain('more')
  expect(shown({ ...report, figures: { ...nothing, price_micros: 0 }, before: null })['Answer rate'], 'of no call').toContain('–')
})
