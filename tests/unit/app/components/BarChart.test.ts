// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest'
import BarChart from '../../../../app/components/ui/BarChart.vue'
import { niceTicks } from '../../../../app/components/ui/niceTicks.ts'
import { mountApp } from '../support/mountApp.ts'

const bars = [10, 0, 40].map((value, index) => ({ name: `Day ${index + 1}`, value, before: 20, words: `Day ${index + 1}: ${value}` }))
const chart = () => mountApp(BarChart, { props: { label: 'Minutes per day', bars, format: String } })
const groups = (view: ReturnType<typeof chart>) => view.findAll('[role="img"]')

describe('BarChart', () => {
  it('draws each value in proportion, beside the one before', () => {
    const heights = groups(chart()).map((group) => group.findAll('rect').slice(1).map((bar) => Math.round(Number(bar.attributes('height')))))
    expect(heights).toEqual([[96, 48], [96, 0], [96, 192]])
  })

  it('says every value to whoever cannot see it', () => {
    expect(groups(chart()).map((group) => group.attributes('aria-label'))).toEqual(['Day 1: 10', 'Day 2: 0', 'Day 3: 40'])
  })

  it('takes one place in the order of the keyboard and is walked with the arrows', async () => {
    const view = chart()
    const places = () => groups(view).map((group) => group.attributes('tabindex'))
    expect(places()).toEqual(['0', '-1', '-1'])
    await view.find('svg').trigger('keydown', { key: 'End' })
    expect(places()).toEqual(['-1', '-1', '0'])
    await view.find('svg').trigger('keydown', { key: 'ArrowLeft' })
    expect(places()).toEqual(['-1', '0', '-1'])
    await groups(view)[1]!.trigger('focus')
    expect(view.text()).toContain('Day 2: 0')
  })
})

describe('a BarChart that leads somewhere', () => {
  it('has links for bars, which a click and the Enter key choose', async () => {
    const view = mountApp(BarChart, { props: { label: 'Minutes per day', bars, format: String, leads: true } })
    const links = view.findAll('[role="link"]')
    expect(links).toHaveLength(3)
    await links[2]!.trigger('click')
    await links[0]!.trigger('keydown', { key: 'Enter' })
    expect(view.emitted('chosen')).toEqual([[2], [0]])
  })

  it('chooses nothing where it does not', async () => {
    const view = chart()
    await groups(view)[0]!.trigger('click')
    expect(view.emitted('chosen')).toBeUndefined()
  })
})

describe('niceTicks', () => {
  it.each([
    [0, [0, 1]],
    [3, [0, 1, 2, 3]],
    [7.3, [0, 2, 4, 6, 8]],
    [97, [0, 50, 100]],
    [1234, [0, 500, 1000, 1500]],
  ])('steps to %d in round numbers', (largest, ticks) => {
    expect(niceTicks(largest)).toEqual(ticks)
  })
})
