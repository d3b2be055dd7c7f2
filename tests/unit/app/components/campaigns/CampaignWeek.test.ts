// @vitest-environment happy-dom
import { nextTick } from 'vue'
import { beforeEach, expect, it } from 'vitest'
import CampaignWeek from '../../../../../app/components/campaigns/CampaignWeek.vue'
import type { CallingHours } from '../../../../../business/models/callingWeek.ts'
import { mountApp } from '../../support/mountApp.ts'

beforeEach(() => (document.body.innerHTML = ''))

const hours = (days: number[], opens_at: string, closes_at: string): CallingHours => ({ days, opens_at, closes_at })

function open(lines: CallingHours[]) {
  const view = mountApp(CampaignWeek, { props: { modelValue: lines } })
  view.setProps({ 'onUpdate:modelValue': (modelValue: CallingHours[]) => view.setProps({ modelValue }) } as never)
  const cell = (day: number, hour: number) => view.get<HTMLElement>(`[data-cell="${day}-${hour}"]`)
  const press = async (key: string, more: object = {}) => {
    await view.get('table').trigger('keydown', { key, ...more })
    await nextTick()
  }
  return { view, cell, press, lines: () => view.props('modelValue') as CallingHours[], told: () => view.get('[role=status]').text() }
}

it('says of each hour whether people are called in it, also after midnight and in part', () => {
  const { cell } = open([hours([5], '22:30', '02:00')])
  expect(cell(5, 21).attributes()).toMatchObject({ 'aria-selected': 'false', 'aria-label': 'Fri 9:00 PM–10:00 PM, not called' })
  expect(cell(5, 22).attributes('aria-label')).toBe('Fri 10:00 PM–11:00 PM, called in part')
  expect(cell(6, 1).attributes()).toMatchObject({ 'aria-selected': 'true', 'aria-label': 'Sat 1:00 AM–2:00 AM, called' })
})

it('is one stop for the keyboard, with arrows from hour to hour', async () => {
  const { view, cell, press } = open([])
  expect(view.findAll('[role=gridcell][tabindex="0"]')).toHaveLength(1)
  await cell(2, 9).trigger('focus')
  for (const key of ['ArrowRight', 'ArrowDown', 'ArrowLeft', 'ArrowUp', 'ArrowUp']) await press(key)
  expect((document.activeElement as HTMLElement).dataset.cell).toBe('1-9')
  await press('End')
  await press('ArrowRight')
  expect((document.activeElement as HTMLElement).dataset.cell, 'and not beyond').toBe('1-23')
})

it('paints an hour with Space and more with Shift, and says so', async () => {
  const { cell, press, lines, view, told } = open([])
  await cell(1, 9).trigger('focus')
  await press(' ')
  expect(lines()).toEqual([hours([1], '09:00', '10:00')])
  await press(' ')
  expect(lines(), 'once more takes it away').toEqual([])
  for (const key of ['ArrowRight', 'ArrowRight', 'ArrowDown']) await press(key, { shiftKey: true })
  expect(lines()).toEqual([hours([1, 2], '09:00', '12:00')])
  expect(told()).toBe('Called from 9:00 AM to 12:00 PM on 2 days')
  await press('ArrowLeft', { shiftKey: true })
  expect(lines(), 'a smaller stroke gives back what the larger one took').toEqual([hours([1, 2], '09:00', '11:00')])
  await view.get('table').trigger('keyup', { key: 'Shift' })
  await press('ArrowLeft')
  expect(lines()).toEqual([hours([1, 2], '09:00', '11:00')])
})

it('paints from corner to corner with the mouse, and leaves the page to a finger that scrolls', async () => {
  const { cell, lines } = open([hours([1], '09:00', '10:00')])
  await cell(1, 8).trigger('pointerdown', { button: 0, pointerType: 'mouse' })
  await cell(2, 9).trigger('pointerenter')
  expect(lines()).toEqual([hours([1, 2], '08:00', '10:00')])
  window.dispatchEvent(new Event('pointerup'))
  await cell(7, 20).trigger('pointerenter')
  expect(lines()).toEqual([hours([1, 2], '08:00', '10:00')])
  await cell(5, 5).trigger('pointerdown', { button: 0, pointerType: 'touch' })
  expect(lines()).toHaveLength(1)
  await cell(5, 5).trigger('click', { pointerType: 'touch' })
  expect(lines()).toContainEqual(hours([5], '05:00', '06:00'))
})

it('makes one of times that overlap, and a night of an evening and the morning after it', async () => {
  const { cell, lines, press } = open([hours([1], '09:00', '12:00'), hours([1], '11:00', '14:00'), hours([3], '22:00', '00:00')])
  await cell(4, 0).trigger('focus')
  await press(' ')
  expect(lines()).toEqual([hours([1], '09:00', '14:00'), hours([3], '22:00', '01:00')])
})
