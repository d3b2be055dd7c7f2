// @vitest-environment happy-dom
import { flushPromises } from '@vue/test-utils'
import { expect, it, vi } from 'vitest'
import ReasonDialog from '../../../../app/components/shared/ReasonDialog.vue'
import { mountApp } from '../support/mountApp.ts'

async function open(action: (reason: string) => Promise<unknown>) {
  document.body.innerHTML = ''
  const dialog = mountApp(ReasonDialog, { props: { open: true, title: 'Revoke?', description: 'It ends.', confirmLabel: 'Revoke', action } })
  await flushPromises()
  const field = document.querySelector<HTMLInputElement>('[role=alertdialog] input')!
  const press = async () => {
    document.querySelector<HTMLFormElement>('[role=alertdialog] form')?.requestSubmit()
    await flushPromises()
  }
  const write = async (text: string) => {
    field.value = text
    field.dispatchEvent(new Event('input'))
    await flushPromises()
  }
  return { dialog, field, press, write }
}

it('begins in the reason, which Enter sends', async () => {
  const action = vi.fn(async () => {})
  const { field, press, write, dialog } = await open(action)
  expect(document.activeElement).toBe(field)
  await write(' They asked ')
  await press()
  expect(action).toHaveBeenCalledWith('They asked')
  expect(dialog.emitted('update:open')).toEqual([[false]])
})

it('asks for the reason when there is none, and sends one only once', async () => {
  let finish = () => {}
  const action = vi.fn(() => new Promise<void>((resolve) => (finish = resolve)))
  const { press, write } = await open(action)
  await press()
  expect(document.body.textContent).toContain('This is needed.')
  await write('Because')
  await press()
  await press()
  finish()
  await flushPromises()
  expect(action).toHaveBeenCalledTimes(1)
})
