// @vitest-environment happy-dom
import { flushPromises } from '@vue/test-utils'
import { expect, it, vi } from 'vitest'
import BulkDialog from '../../../../../app/components/contacts/BulkDialog.vue'
import Alert from '../../../../../app/components/ui/Alert.vue'
import Button from '../../../../../app/components/ui/Button.vue'
import Dialog from '../../../../../app/components/ui/Dialog.vue'
import Progress from '../../../../../app/components/ui/Progress.vue'
import { AppError } from '../../../../../business/models/appError.ts'
import { en, mountApp } from '../../support/mountApp.ts'

async function open(props: Record<string, unknown> = {}) {
  document.body.innerHTML = ''
  const action = vi.fn(async () => ({ isWhole: true, counts: { contacts: 3, deleted: 2, refused: 1 } }))
  const dialog = mountApp(BulkDialog, { props: { open: false, name: 'delete', total: 3, action, ...props }, components: { Alert, Button, Dialog, Progress } })
  await dialog.setProps({ open: true })
  await flushPromises()
  const words = () => document.querySelector('[role=dialog]')?.textContent ?? ''
  return { dialog, action, words, submit: document.querySelector<HTMLButtonElement>('[role=dialog] button[type=submit]')! }
}

it('says what will be done and to how many; a command that asks for nothing can be given at once, and says what came of it', async () => {
  const { dialog, action, words, submit } = await open()
  expect(words()).toContain('Delete: 3 contacts?')
  expect([submit.textContent?.trim(), submit.disabled]).toEqual(['Delete contacts', false])
  submit.click()
  await flushPromises()
  expect(action).toHaveBeenCalledOnce()
  await dialog.setProps({ total: 1 })
  expect(words()).toMatch(/^Delete: 3 contacts\?.*2 contacts were deleted\..*1 was called and stays\./)
  await dialog.setProps({ open: false })
  expect(dialog.emitted('finished')).toHaveLength(1)
})

it('says what failed, and can be tried again', async () => {
  const action = vi.fn<() => Promise<object>>().mockRejectedValueOnce(new AppError('unavailable', 'fetch failed')).mockResolvedValueOnce({ isWhole: true, counts: { deleted: 3 } })
  const { words, submit } = await open({ action })
  submit.click()
  await flushPromises()
  expect(words()).toContain(en.errors.unavailable.title)
  document.querySelector<HTMLButtonElement>('[role=dialog] button[type=submit]')!.click()
  await flushPromises()
  expect(words()).toContain('3 contacts were deleted.')
})

it('waits for what it asks for', async () => {
  const { submit } = await open({ isReady: false })
  expect(submit.disabled).toBe(true)
})
