// @vitest-environment happy-dom
import { flushPromises } from '@vue/test-utils'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { nextTick } from 'vue'
import ForecastRehearsal from '../../../../../app/components/campaigns/ForecastRehearsal.vue'
import RehearsalStage from '../../../../../app/components/campaigns/RehearsalStage.vue'
import ErrorState from '../../../../../app/components/shared/ErrorState.vue'
import Button from '../../../../../app/components/ui/Button.vue'
import Dialog from '../../../../../app/components/ui/Dialog.vue'
import Progress from '../../../../../app/components/ui/Progress.vue'
import { rehearseCampaign } from '../../../../../business/services/campaigns/forecast/rehearseCampaign.ts'
import { forecastFacts } from '../../../../factories/forecastFacts.ts'
import { mountApp } from '../../support/mountApp.ts'

const facts = forecastFacts({ people: 30 })
const components = { Button, Dialog, ErrorState, Progress, RehearsalStage, Skeleton: { template: '<i />' }, Select: { template: '<i />' } }
let draw: ((at: number) => void) | null = null
let at = 0

/** So much time passes on the screen. */
async function pass(milliseconds: number) {
  for (const end = at + milliseconds; at < end;) draw?.(at += 100)
  await nextTick()
}

function prefers(motion: 'reduce' | 'no-preference') {
  vi.stubGlobal('matchMedia', (query: string) => ({ matches: query.includes(motion), addEventListener: () => undefined, removeEventListener: () => undefined }))
}

beforeEach(() => {
  document.body.innerHTML = ''
  vi.stubGlobal('requestAnimationFrame', (next: (at: number) => void) => {
    draw = next
    return 1
  })
  vi.stubGlobal('cancelAnimationFrame', () => (draw = null))
})
afterEach(() => vi.unstubAllGlobals())

const stage = () => mountApp(RehearsalStage, { props: { rehearsal: rehearseCampaign(facts, 1), facts }, components })
const done = (view: ReturnType<typeof stage>) => Number(/^(\d+) of 30 contacts done/.exec(view.find('[role=progressbar]').attributes('aria-label')!)?.[1])

it('plays from nobody called to everybody done, and says so at the end', async () => {
  prefers('no-preference')
  const view = stage()
  expect(done(view)).toBe(0)
  await pass(6_000)
  expect(done(view)).toBeGreaterThan(0)
  await pass(60_000)
  expect(done(view)).toBe(30)
  expect(view.find('[role=status]').text()).toMatch(/^The end: 30 of 30 contacts done/)
  expect(view.text()).toContain('Play again')
})

it('stops and goes on where it was', async () => {
  prefers('no-preference')
  const view = stage()
  await pass(3_000)
  await view.find('button').trigger('click')
  const place = (view.find('input').element as HTMLInputElement).value
  await pass(3_000)
  expect((view.find('input').element as HTMLInputElement).value).toBe(place)
  await view.find('button').trigger('click')
  await pass(3_000)
  expect(Number((view.find('input').element as HTMLInputElement).value)).toBeGreaterThan(Number(place))
})

it('stands still until asked for those who want less motion, and is moved by its slider', async () => {
  prefers('reduce')
  const view = stage()
  await pass(10_000)
  expect(done(view)).toBe(0)
  expect(view.text()).toContain('You asked for less motion')
  const slider = view.find('input')
  await slider.setValue(slider.attributes('max'))
  expect(done(view)).toBe(30)
  expect(slider.attributes('aria-valuetext')).toContain('30 of 30 contacts done')
})

it('is opened by a button, says that nobody is called, and plays another run on demand', async () => {
  prefers('reduce')
  const rehearse = vi.fn((given: typeof facts, seed: number) => Promise.resolve(rehearseCampaign(given, seed)))
  const view = mountApp(ForecastRehearsal, { props: { facts, rehearse }, components })
  await view.find('button').trigger('click')
  await flushPromises()
  const dialog = () => document.querySelector('[role=dialog]')!
  expect(dialog().textContent).toContain('Nobody is called and no minutes are used')
  const another = [...dialog().querySelectorAll('button')].find((button) => button.textContent === 'Another run')!
  another.click()
  await flushPromises()
  expect(rehearse.mock.calls.map(([, seed]) => seed)).toEqual([1, 2])
})
