// @vitest-environment happy-dom
import { flushPromises } from '@vue/test-utils'
import { expect, it } from 'vitest'
import Select from '../../../../app/components/ui/Select.vue'
import { mountApp } from '../support/mountApp.ts'

const options = Array.from({ length: 20 }, (_, index) => ({ value: `v${index}`, label: `Option ${index}` }))
const shown = () => document.querySelectorAll('[role=option]').length

it('shows its value at once, and makes its options when somebody comes near', async () => {
  const select = mountApp(Select, { props: { options, modelValue: 'v3' } })
  const trigger = select.get('[role=combobox]')
  await flushPromises()
  expect(trigger.text()).toBe('Option 3')
  expect(select.findAllComponents({ name: 'SelectItem' })).toHaveLength(0)
  await trigger.trigger('focus')
  expect(select.findAllComponents({ name: 'SelectItem' })).toHaveLength(20)
})

it('chooses by the keyboard', async () => {
  const select = mountApp(Select, { props: { options, modelValue: 'v3' } })
  const trigger = select.get<HTMLElement>('[role=combobox]')
  trigger.element.focus()
  await trigger.trigger('keydown', { key: 'Enter' })
  await flushPromises()
  expect(shown()).toBe(20)
  const option = [...document.querySelectorAll<HTMLElement>('[role=option]')].find(({ textContent }) => textContent?.includes('Option 7'))
  option!.focus()
  option!.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }))
  await flushPromises()
  expect(select.emitted('update:modelValue')).toEqual([['v7']])
})
