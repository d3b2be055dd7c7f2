// @vitest-environment happy-dom
import { PiniaColada } from '@pinia/colada'
import { flushPromises, mount } from '@vue/test-utils'
import { createPinia } from 'pinia'
import { afterEach, expect, it, vi } from 'vitest'
import { createI18n } from 'vue-i18n'
import ForecastCard from '../../../../../app/components/campaigns/ForecastCard.vue'
import ForecastEnd from '../../../../../app/components/campaigns/ForecastEnd.vue'
import ForecastFigures from '../../../../../app/components/campaigns/ForecastFigures.vue'
import ForecastPeople from '../../../../../app/components/campaigns/ForecastPeople.vue'
import ForecastTimeline from '../../../../../app/components/campaigns/ForecastTimeline.vue'
import ChartOrTable from '../../../../../app/components/shared/ChartOrTable.vue'
import ErrorState from '../../../../../app/components/shared/ErrorState.vue'
import Alert from '../../../../../app/components/ui/Alert.vue'
import Button from '../../../../../app/components/ui/Button.vue'
import Card from '../../../../../app/components/ui/Card.vue'
import { depsKey } from '../../../../../app/composables/useDeps.ts'
import { AppError } from '../../../../../business/models/appError.ts'
import type { ForecastFacts } from '../../../../../business/models/forecast.ts'
import { forecastCampaign } from '../../../../../business/services/campaigns/forecast/forecastCampaign.ts'
import { forecastFacts, monday } from '../../../../factories/forecastFacts.ts'
import { en } from '../../support/mountApp.ts'

// happy-dom has no workers: the same model, played here.
vi.mock('../../../../../app/stores/forecastPlayer.ts', () => ({
  createForecastPlayer: () => ({
    forecast: (facts: ForecastFacts) => Promise.resolve(forecastCampaign(facts, { runs: 9 })), rehearse: vi.fn(), close: vi.fn(),
  }),
}))

const outcomes = { answered: 0, voicemail: 0, no_answer: 0, busy: 0, failed: 0, canceled: 0 }
const campaign = {
  id: 'c1', status: 'draft', time_zone: 'UTC', launch_at: null, used_seconds: 0, outcomes,
  counters: { enrolled: 40, blocked: 2 }, editable: ['daily_cap'],
}
const people = {
  now: 30, calling: 0, done: 0, later: [{ reason: 'window_closed' as const, people: 8, from_at: new Date((monday + 50_000) * 1000).toISOString() }],
  never: [{ reason: 'no_consent' as const, people: 2 }],
}
const stubs = {
  NuxtLink: { props: ['to'], template: '<a :href="JSON.stringify(to)"><slot /></a>' }, Skeleton: { template: '<i class="skeleton" />' },
  ForecastRehearsal: { template: '<button>Rehearse</button>' }, LazyBarChart: { props: ['bars'], template: '<ol><li v-for="bar in bars" :key="bar.name">{{ bar.words }}</li></ol>' },
}

async function open(getForecastFacts: () => Promise<ForecastFacts>, changes: object = {}) {
  const view = mount(ForecastCard, { props: { campaign: { ...campaign, ...changes } as never }, attachTo: document.body, global: {
    components: { ForecastEnd, ForecastFigures, ForecastPeople, ForecastTimeline, ChartOrTable, ErrorState, Alert, Button, Card, ...stubs },
    plugins: [createPinia(), PiniaColada, createI18n({ legacy: false, locale: 'en', messages: { en } })],
    provide: { [depsKey as symbol]: { campaigns: { getForecastFacts }, accounts: {} } },
  } })
  await flushPromises()
  return view
}
const facts = (more: Parameters<typeof forecastFacts>[0] = {}) => forecastFacts({ people: 38, ...more, facts: { people, ...more.facts } })

afterEach(() => {
  vi.useRealTimers()
})

it('says when it is done, what it takes, who is called when and why not, and on what that rests', async () => {
  const text = (await open(() => Promise.resolve(facts()))).text()
  expect(text).toMatch(/Done.*Nov 4, 2026, 9:\d\d AM/)
  expect(text).toContain('UTC time')
  expect(text).toMatch(/Minutes\d+–\d+/)
  expect(text).toMatch(/Cost\$/)
  expect(text).toContain('30Can be called now')
  expect(text).toMatch(/8 outside calling times, from Nov 2, 2026, 1:53 PM/)
  expect(text).toContain('2 no consent recorded')
  expect(text).toContain('You have not made calls yet')
  expect(text).toMatch(/Nov 2: about \d+ calls, \d+ answered/)
})

it('leads from a count to its people', async () => {
  const view = await open(() => Promise.resolve(facts()))
  const link = view.findAll('a').find((each) => each.text() === '2 no consent recorded')
  expect(JSON.parse(link!.attributes('href')!)).toEqual({ path: '/campaigns/c1/contacts', query: { reason: 'no_consent' } })
})

it('shows the same calls as a table', async () => {
  const view = await open(() => Promise.resolve(facts()))
  await view.findAll('button').find((each) => each.text().startsWith('Table'))!.trigger('click')
  expect(view.find('ol').exists()).toBe(false)
})

it('warns before minutes run out, with what everybody would take', async () => {
  const text = (await open(() => Promise.resolve(facts({ limits: { spendable_seconds: 900 } })))).text()
  expect(text).toMatch(/The minutes run out with about \d+ contacts left/)
  expect(text).toMatch(/To call everybody takes \d+–\d+ minutes in all, until Nov 4/)
  expect(text).toContain('Not with these limits')
})

it('hides the cost from those who may not see prices', async () => {
  expect((await open(() => Promise.resolve(facts({ facts: { price: null } })))).text()).not.toContain('Cost')
})

it('compares with what happened while it runs', async () => {
  const made = { status: 'active', used_seconds: 600, outcomes: { ...outcomes, answered: 5, busy: 7 } }
  const text = (await open(() => Promise.resolve(facts({ facts: { past: [{ day: '2026-11-02', calls: 12, answered: 5, billed_seconds: 600 }] } })), made)).text()
  for (const words of ['10 so far', '12 so far', '5 so far', 'Nov 2: 12 made, about']) expect(text).toContain(words)
})

it('is worked out anew on demand and after a change of the limits, and at rest otherwise while counters move', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  const ask = vi.fn(() => Promise.resolve(facts()))
  const view = await open(ask)
  const asked = async (change: object) => {
    await view.setProps({ campaign: { ...campaign, ...change } as never })
    await flushPromises()
    return ask.mock.calls.length
  }
  await view.find('button').trigger('click')
  await flushPromises()
  expect(ask).toHaveBeenCalledTimes(2)
  expect(await asked({ daily_cap: 5 })).toBe(3)
  expect(await asked({ daily_cap: 5, used_seconds: 60 })).toBe(4)
  expect(await asked({ daily_cap: 5, used_seconds: 120 })).toBe(4)
  expect(await asked({ daily_cap: 5, used_seconds: 180 })).toBe(4)
  vi.advanceTimersByTime(20_000)
  await flushPromises()
  expect(ask).toHaveBeenCalledTimes(5)
})

it('says what is wrong and tries again', async () => {
  const ask = vi.fn().mockRejectedValueOnce(new AppError('unavailable', 'No answer.')).mockResolvedValue(facts())
  const view = await open(ask)
  const retry = view.findAll('button').find((each) => each.text().includes('Try again'))
  await retry!.trigger('click')
  await flushPromises()
  expect(view.text()).toContain('Can be called now')
})

it('invites to add contacts where nobody is in the campaign', async () => {
  const nobody = forecastFacts({ people: 0, facts: { queue: [], people: { now: 0, calling: 0, done: 0, later: [], never: [] } } })
  expect((await open(() => Promise.resolve(nobody), { counters: { enrolled: 0, blocked: 0 } })).text()).toContain('Add contacts')
})
