// @vitest-environment happy-dom
import { mount } from '@vue/test-utils'
import { expect, it } from 'vitest'
import Input from '../../../../app/components/ui/Input.vue'

const number = () => mount(Input, { props: { type: 'number', modelValue: null } })

it('says nothing for an empty number and the number for a written one', async () => {
  const input = number()
  await input.get('input').setValue('12')
  await input.get('input').setValue('')
  expect(input.emitted('update:modelValue')).toEqual([[12], [null]])
})

it('does not take what is no number for none: a limit would be lost in silence', async () => {
  const input = number()
  const field = input.get('input')
  // What a browser says of "1-": it shows the text and hides it from the page.
  Object.defineProperty(field.element, 'validity', { value: { badInput: true } })
  await field.setValue('')
  expect(input.emitted('update:modelValue')).toEqual([[Number.NaN]])
})
