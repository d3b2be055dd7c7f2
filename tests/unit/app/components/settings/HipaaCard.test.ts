// @vitest-environment happy-dom
import { flushPromises } from '@vue/test-utils'
import { afterEach, describe, expect, it, vi } from 'vitest'
import HipaaCard from '../../../../../app/components/settings/HipaaCard.vue'
import ConfirmDialog from '../../../../../app/components/shared/ConfirmDialog.vue'
import Alert from '../../../../../app/components/ui/Alert.vue'
import Button from '../../../../../app/components/ui/Button.vue'
import Card from '../../../../../app/components/ui/Card.vue'
import Switch from '../../../../../app/components/ui/Switch.vue'
import { useAccountStore } from '../../../../../app/stores/accountStore.ts'
import type { Account } from '../../../../../business/models/account.ts'
import { AppError } from '../../../../../business/models/appError.ts'
import { anAccount } from '../../support/anAccount.ts'
import { en, mountApp } from '../../support/mountApp.ts'

const { success } = vi.hoisted(() => ({ success: vi.fn() }))
vi.mock('~/composables/useToast', () => ({ useToast: () => ({ success }), useToasts: () => ({}) }))

const texts = en.privacy.hipaa

interface Given {
  isOn?: boolean
  account?: Partial<Account>
  count?: (id: string, days: number, kind: string) => Promise<{ count: number }>
  setHipaa?: (id: string, is_on: boolean) => Promise<{ is_on: boolean }>
}

async function show({ isOn = false, account = {}, count = async () => ({ count: 2 }), setHipaa: switched = async (_id, is_on) => ({ is_on }) }: Given = {}) {
  const setHipaa = vi.fn(switched)
  const known = anAccount({ permissions: ['account.manage', 'team.owners'], ...account })
  const view = mountApp(HipaaCard, {
    props: { isOn },
    components: { Alert, Button, Card, ConfirmDialog, Switch },
    deps: { accounts: { list: async () => [known] } as never, privacy: { countOld: count, setHipaa } as never },
  })
  await useAccountStore().load()
  await flushPromises()
  const dialog = () => document.querySelector('[role=alertdialog]')
  return {
    view, setHipaa, dialog, words: () => dialog()?.textContent ?? '',
    async press() {
      await view.get('[role=switch]').trigger('click')
      await flushPromises()
    },
    async confirm() {
      document.querySelector<HTMLButtonElement>('[role=alertdialog] [type=submit]')!.click()
      await flushPromises()
    },
  }
}

describe('HIPAA mode', () => {
  afterEach(() => {
    document.body.innerHTML = ''
    success.mockClear()
  })

  it('says what will change and how much is deleted before it is on, and that it is not enough', async () => {
    const { view, words, press, confirm, setHipaa } = await show()
    expect(view.text()).toContain(texts.not_enough)
    await press()
    for (const part of Object.values(texts.parts)) expect(words()).toContain(part)
    expect(words()).toContain('Delete 2 recordings and 2 transcripts?')
    expect(setHipaa).not.toHaveBeenCalled()
    await confirm()
    expect(setHipaa).toHaveBeenCalledWith('a1', true)
    expect(success).toHaveBeenCalledWith(texts.turned_on)
  })

  it('deletes nothing where nothing is old, and can be turned on where nobody could count', async () => {
    const none = await show({ count: async () => ({ count: 0 }) })
    await none.press()
    expect(none.words()).not.toContain('Delete')
    document.body.innerHTML = ''
    const unknown = await show({ count: async () => Promise.reject(new AppError('unavailable', 'down')) })
    await unknown.press()
    expect(unknown.words()).toContain(texts.uncounted)
    await unknown.confirm()
    expect(unknown.setHipaa).toHaveBeenCalledOnce()
  })

  it('says why it stays off, as for an owner without a second factor', async () => {
    const { press, confirm, words } = await show({ setHipaa: () => Promise.reject(new AppError('conflict', 'You have no second factor yourself.', null, 'Set one up first.')) })
    await press()
    await confirm()
    expect(words()).toContain('You have no second factor yourself.')
  })

  it('is asked about before it is off, and shows what holds while it is on', async () => {
    const { view, words, press, confirm, setHipaa } = await show({ isOn: true })
    expect(view.text()).toContain(texts.parts.masked)
    await press()
    expect(words()).toContain(texts.ask_off_text)
    await confirm()
    expect(setHipaa).toHaveBeenCalledWith('a1', false)
  })

  it('is suggested to companies of healthcare, and is for owners', async () => {
    expect((await show({ account: { company_type: 'healthcare' } })).view.text()).toContain(texts.suggested)
    document.body.innerHTML = ''
    const { view } = await show({ account: { role: 'admin', permissions: ['account.manage'] } })
    expect(view.text()).toContain(texts.only_owners)
    expect(view.get('[role=switch]').attributes('disabled')).toBeDefined()
  })
})
