// @vitest-environment happy-dom
import { flushPromises } from '@vue/test-utils'
import { defineComponent, h } from 'vue'
import { expect, it } from 'vitest'
import { z } from 'zod'
import Form from '../../../../app/components/shared/Form.vue'
import FormField from '../../../../app/components/shared/FormField.vue'
import Dialog from '../../../../app/components/ui/Dialog.vue'
import Input from '../../../../app/components/ui/Input.vue'
import { useForm } from '../../../../app/composables/useForm.ts'
import { mountApp } from '../support/mountApp.ts'

const NameForm = defineComponent(() => {
  const form = useForm({ schema: z.object({ name: z.string() }), values: { name: '' }, submit: () => undefined })
  return () => h(Form, { form }, () => h(FormField, { form, name: 'name', label: 'Name' }, { default: ({ control }: { control: object }) => h(Input, control) }))
})

async function openForm() {
  document.body.innerHTML = ''
  const dialog = mountApp(Dialog, { props: { open: true, title: 'Add' }, slots: { default: () => h(NameForm) } })
  await flushPromises()
  const input = () => document.querySelector<HTMLInputElement>('[role=dialog] input')
  return {
    dialog, input,
    question: () => document.querySelector('[role=alertdialog]'),
    async write(text: string) {
      input()!.value = text
      input()!.dispatchEvent(new Event('input'))
      await flushPromises()
    },
    async escape() {
      document.activeElement!.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, cancelable: true }))
      await flushPromises()
    },
    async press(label: string) {
      const buttons = [...document.querySelectorAll<HTMLButtonElement>('[role=alertdialog] button')]
      buttons.find((button) => button.textContent?.trim() === label)!.click()
      await flushPromises()
    },
  }
}

it('closes at Esc while nothing is typed', async () => {
  const { dialog, escape, question } = await openForm()
  await escape()
  expect(dialog.emitted('update:open')).toEqual([[false]])
  expect(question()).toBeNull()
})

it('asks before it throws away what was typed', async () => {
  const { dialog, input, question, write, escape, press } = await openForm()
  await write('Grace')
  await escape()
  expect(dialog.emitted('update:open')).toBeUndefined()
  expect(question()?.textContent).toContain('Discard what you typed?')
  await press('Keep writing')
  expect(input()?.value).toBe('Grace')
  await expect.poll(() => document.activeElement === input()).toBe(true)
  await escape()
  await press('Discard')
  expect(dialog.emitted('update:open')).toEqual([[false]])
})
