// @vitest-environment happy-dom
import { flushPromises } from '@vue/test-utils'
import { afterEach, describe, expect, it, vi } from 'vitest'
import CloseAccount from '../../../../../app/components/account/CloseAccount.vue'
import ConfirmDialog from '../../../../../app/components/shared/ConfirmDialog.vue'
import Button from '../../../../../app/components/ui/Button.vue'
import Card from '../../../../../app/components/ui/Card.vue'
import Field from '../../../../../app/components/ui/Field.vue'
import Input from '../../../../../app/components/ui/Input.vue'
import { useAccountStore } from '../../../../../app/stores/accountStore.ts'
import { AppError } from '../../../../../business/models/appError.ts'
import { anAccount } from '../../support/anAccount.ts'
import { en, mountApp } from '../../support/mountApp.ts'

vi.mock('~/composables/useToast', () => ({ useToast: () => ({ success: vi.fn() }), useToasts: () => ({}) }))

const account = anAccount({ name: 'Acme', permissions: ['account.read', 'account.close'] })

async function show({ permissions = account.permissions, close = vi.fn(async (_id: string, _name: string) => ({ status: 'closed' })) } = {}) {
  const known = { ...account, permissions }
  const view = mountApp(CloseAccount, {
    props: { account: known }, components: { Button, Card, ConfirmDialog, Field, Input }, deps: { accounts: { list: async () => [known], close } as never },
  })
  await useAccountStore().load()
  await flushPromises()
  const dialog = () => document.querySelector('[role=alertdialog]')
  return {
    view, close, dialog,
    async ask() {
      await view.get('button').trigger('click')
      await flushPromises()
    },
    async confirm(name: string) {
      const input = document.querySelector<HTMLInputElement>('[role=alertdialog] input')!
      input.value = name
      input.dispatchEvent(new Event('input'))
      await flushPromises()
      document.querySelector<HTMLFormElement>('[role=alertdialog] form')?.requestSubmit()
      await flushPromises()
    },
  }
}

describe('CloseAccount', () => {
  afterEach(() => {
    document.body.innerHTML = ''
  })

  it('asks for the name, and closes nothing under another one', async () => {
    const { ask, confirm, close, dialog } = await show()
    await ask()
    await confirm('acme')
    expect(dialog()?.textContent).toContain(en.account_page.typed.mismatch)
    expect(close).not.toHaveBeenCalled()
    await confirm('Acme')
    expect(close).toHaveBeenCalledExactlyOnceWith('a1', 'Acme')
    expect(dialog()).toBeNull()
  })

  it('says what is still under way, and stays open', async () => {
    const close = vi.fn().mockRejectedValue(new AppError('conflict', '1 campaigns and 0 calls are still under way.', { state: 'in_use' }, 'Stop the campaigns.'))
    const { ask, confirm, dialog } = await show({ close })
    await ask()
    await confirm('Acme')
    expect(dialog()?.textContent).toContain('1 campaigns and 0 calls are still under way. Stop the campaigns.')
  })

  it('offers nothing to whoever is no owner, and says who can', async () => {
    const { view } = await show({ permissions: ['account.read', 'account.manage'] })
    expect(view.find('button').exists()).toBe(false)
    expect(view.text()).toContain(en.account_page.close.only_owners)
  })
})
