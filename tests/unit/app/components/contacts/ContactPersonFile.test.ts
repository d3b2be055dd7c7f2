// @vitest-environment happy-dom
import { flushPromises } from '@vue/test-utils'
import { afterEach, expect, it, vi } from 'vitest'
import ContactPersonFile from '../../../../../app/components/contacts/ContactPersonFile.vue'
import Button from '../../../../../app/components/ui/Button.vue'
import Checkbox from '../../../../../app/components/ui/Checkbox.vue'
import Dialog from '../../../../../app/components/ui/Dialog.vue'
import Spinner from '../../../../../app/components/ui/Spinner.vue'
import { anAccount } from '../../support/anAccount.ts'
import { mountApp } from '../../support/mountApp.ts'

afterEach(() => {
  document.body.innerHTML = ''
})

it('tells how many calls it has, and gives up when it is closed', async () => {
  let release: (call: object) => void = () => {}
  const get = vi.fn().mockResolvedValueOnce({ id: 'x', recording_path: null }).mockImplementationOnce(() => new Promise((resolve) => (release = resolve)))
  const deps = {
    accounts: { mine: async () => [anAccount()] },
    contacts: { exportPage: async () => ({ rows: [] }), get: async () => ({ id: 'p', phone: '+12025550101', replaces: null, replaced_by: null }), timeline: async () => ({ rows: [], next_cursor: null }) },
    calls: { list: async () => ({ rows: [{ id: 'x' }, { id: 'y' }], next_cursor: null }), get, fetchRecording: vi.fn() },
    doNotCall: { history: vi.fn() },
  }
  const dialog = mountApp(ContactPersonFile, { props: { open: true, contactId: 'p', name: 'Ada' }, deps: deps as never, components: { Button, Checkbox, Dialog, Spinner } })
  const account = await import('../../../../../app/stores/accountStore.ts')
  account.useAccountStore().requireId = (() => 'a') as never
  await flushPromises()
  const words = () => document.querySelector('[role=dialog]')?.textContent ?? ''
  expect(words()).toContain('Everything about Ada as a file')
  document.querySelector<HTMLButtonElement>('[role=dialog] [type=submit]')!.click()
  await expect.poll(() => words()).toContain('1 call gathered')
  await dialog.setProps({ open: false })
  release({ id: 'y', recording_path: 'a/y.mp3' })
  await flushPromises()
  expect(deps.doNotCall.history).not.toHaveBeenCalled()
})
