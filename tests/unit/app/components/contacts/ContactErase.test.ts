// @vitest-environment happy-dom
import { flushPromises } from '@vue/test-utils'
import { beforeEach, expect, it, vi } from 'vitest'
import ContactErase from '../../../../../app/components/contacts/ContactErase.vue'
import ContactErased from '../../../../../app/components/contacts/ContactErased.vue'
import DoNotCallErased from '../../../../../app/components/contacts/DoNotCallErased.vue'
import ConfirmDialog from '../../../../../app/components/shared/ConfirmDialog.vue'
import Alert from '../../../../../app/components/ui/Alert.vue'
import Button from '../../../../../app/components/ui/Button.vue'
import { AppError } from '../../../../../business/models/appError.ts'
import { anAccount } from '../../support/anAccount.ts'
import { en, mountApp } from '../../support/mountApp.ts'

beforeEach(() => {
  document.body.innerHTML = ''
})
const components = { Alert, Button, ConfirmDialog, DoNotCallRemove: { template: '<i />' } }
const accounts = { mine: async () => [anAccount({ permissions: [{ permission: 'do_not_call.remove', scope: 'account' }] } as never)] }

it('says what goes and what stays before anybody is erased, and why it was not done', async () => {
  const erase = vi.fn().mockRejectedValueOnce(new AppError('conflict', 'This contact is being called.')).mockResolvedValueOnce({})
  const dialog = mountApp(ContactErase, { props: { open: false, contactId: 'p1', name: 'Ada' }, deps: { contacts: { erase }, accounts } as never, components })
  await dialog.setProps({ open: true })
  await flushPromises()
  const words = () => document.querySelector('[role=alertdialog]')?.textContent ?? ''
  expect(words()).toContain('Erase Ada for ever?')
  for (const part of ['goes_text', 'stays_text', 'again']) expect(words()).toContain(en.contacts.erase[part])
  document.querySelector<HTMLButtonElement>('[role=alertdialog] [type=submit]')!.click()
  await flushPromises()
  expect(erase).toHaveBeenCalledWith('p1')
  expect(words()).toContain('This contact is being called.')
})

it('says instead of a person when they were erased and by whom, if it is known', () => {
  const erased = (erased_by_name: string | null) => mountApp(ContactErased, { props: { contact: { erased_at: '2026-06-01T10:00:00Z', erased_by_name } }, deps: { accounts } as never, components }).text()
  expect(erased('Olga')).toMatch(/^This person was erased\s*At their wish, on Jun 1, 2026.* by Olga\./)
  expect(erased(null)).toMatch(/^This person was erased\s*At their wish, on Jun 1, 2026[^O]*\./)
})

it('tells how many numbers nobody can be shown, and of one that was searched when it was erased', () => {
  const told = (props: Record<string, unknown>) => mountApp(DoNotCallErased, { props, deps: { accounts } as never, components }).text()
  expect(told({ count: 0, erased: null })).toBe('')
  expect(told({ count: 1, erased: null })).toMatch(/^1 more number belonged to somebody/)
  expect(told({ count: 2, erased: null })).toMatch(/^2 more numbers belonged to people/)
  expect(told({ count: 2, erased: { phone: '+12025550107', erased_at: '2026-06-01T10:00:00Z', erased_by_name: null } })).toMatch(/^\+1 202 555 0107 was erased at its person's wish\s*On Jun 1, 2026/)
})
