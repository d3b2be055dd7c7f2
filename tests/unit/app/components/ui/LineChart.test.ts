// @vitest-environment happy-dom
import { expect, it } from 'vitest'
import LineChart from '../../../../../app/components/ui/LineChart.vue'
import { mountApp } from '../../support/mountApp.ts'

const props = {
  label: 'Minutes', names: ['Mon', 'Tue', 'Wed'], format: String,
  lines: [{ name: 'used', tone: 'primary', values: [1, 3, null] }, { name: 'likely', tone: 'primary', dashed: true, values: [null, 3, 9] }],
  words: (index: number) => `place ${index}`,
}
const pathsOf = (view: ReturnType<typeof mountApp>) => view.findAll('path').map((path) => path.attributes('d')!.split(/[ML]/).length - 1)

it('draws each line through the places where it has a value', () => {
  const view = mountApp(LineChart, { props })
  expect(pathsOf(view)).toEqual([2, 2])
  expect(view.findAll('path')[1]!.attributes('stroke-dasharray')).toBeTruthy()
})

it('says every place in words, and is walked through with the arrow keys', async () => {
  const view = mountApp(LineChart, { props })
  expect(view.findAll('[role=img]').map((place) => place.attributes('aria-label'))).toEqual(['place 0', 'place 1', 'place 2'])
  const at = () => view.findAll('[role=img]').findIndex((place) => place.attributes('tabindex') === '0')
  for (const [key, place] of [['ArrowRight', 1], ['End', 2], ['ArrowRight', 2], ['ArrowLeft', 1], ['Home', 0], ['a', 0]] as const) {
    await view.get('svg').trigger('keydown', { key })
    expect(at()).toBe(place)
  }
  await view.findAll('[role=img]')[1]!.trigger('focus')
  expect(view.text()).toContain('place 1')
})
