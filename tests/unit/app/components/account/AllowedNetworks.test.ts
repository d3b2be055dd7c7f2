// @vitest-environment happy-dom
import { flushPromises } from '@vue/test-utils'
import { afterEach, describe, expect, it, vi } from 'vitest'
import AllowedNetworks from '../../../../../app/components/account/AllowedNetworks.vue'
import AllowedNetworksForm from '../../../../../app/components/account/AllowedNetworksForm.vue'
import OutsideAccount from '../../../../../app/components/account/OutsideAccount.vue'
import EmptyState from '../../../../../app/components/ui/EmptyState.vue'
import ErrorState from '../../../../../app/components/shared/ErrorState.vue'
import Page from '../../../../../app/components/shared/Page.vue'
import PageHeader from '../../../../../app/components/shared/PageHeader.vue'
import Alert from '../../../../../app/components/ui/Alert.vue'
import Button from '../../../../../app/components/ui/Button.vue'
import Card from '../../../../../app/components/ui/Card.vue'
import Field from '../../../../../app/components/ui/Field.vue'
import Form from '../../../../../app/components/shared/Form.vue'
import FormError from '../../../../../app/components/shared/FormError.vue'
import FormField from '../../../../../app/components/shared/FormField.vue'
import Skeleton from '../../../../../app/components/ui/Skeleton.vue'
import Textarea from '../../../../../app/components/ui/Textarea.vue'
import { useAccountStore } from '../../../../../app/stores/accountStore.ts'
import type { AllowedNetworks as Allowed } from '../../../../../business/models/allowedNetworks.ts'
import { AppError } from '../../../../../business/models/appError.ts'
import { anAccount } from '../../support/anAccount.ts'
import { en, mountApp } from '../../support/mountApp.ts'

vi.mock('~/composables/useToast', () => ({ useToast: () => ({ success: vi.fn(), error: vi.fn() }), useToasts: () => ({}) }))

const words = en.account_page
const components = { AllowedNetworksForm, Alert, Button, Card, EmptyState, ErrorState, Field, Form, FormError, FormField, Page, PageHeader, Skeleton, Textarea }
const account = anAccount({ name: 'Acme', permissions: ['account.read', 'team.owners'] })
const none: Allowed = { networks: [], own_address: '203.0.113.7' }

const answersWell = () => vi.fn(async (_id: string, networks: string[]): Promise<Allowed> => ({ ...none, networks }))

async function show(allowed: Allowed | Error = none, saveNetworks = answersWell()) {
  const getNetworks = vi.fn(() => (allowed instanceof Error ? Promise.reject(allowed) : Promise.resolve(allowed)))
  const view = mountApp(AllowedNetworks, { components, deps: { accounts: { list: async () => [account], getNetworks, saveNetworks } as never } })
  await useAccountStore().load()
  await flushPromises()
  const button = (text: string) => view.findAll('button').find((each) => each.text() === text)
  return { view, saveNetworks, button, async save() {
    await view.find('form').trigger('submit')
    await flushPromises()
  } }
}
afterEach(() => {
  document.body.innerHTML = ''
})

describe('the networks of an account', () => {
  it('are saved as they were written, one to a line', async () => {
    const { view, saveNetworks, save } = await show()
    await view.find('textarea').setValue(' 203.0.113.0/24 \n\n2001:db8::/32, 198.51.100.1')
    await save()
    expect(saveNetworks).toHaveBeenCalledExactlyOnceWith('a1', ['203.0.113.0/24', '2001:db8::/32', '198.51.100.1'])
    expect((view.find('textarea').element as HTMLTextAreaElement).value).toBe('203.0.113.0/24\n2001:db8::/32\n198.51.100.1')
  })

  it('take one\'s own address by a click, and offer it no more then', async () => {
    const { view, button } = await show({ ...none, networks: ['198.51.100.0/24'] })
    expect(view.text()).toContain('You are at 203.0.113.7.')
    await button(words.networks.add)!.trigger('click')
    expect((view.find('textarea').element as HTMLTextAreaElement).value).toBe('198.51.100.0/24\n203.0.113.7')
    expect(button(words.networks.add)).toBeUndefined()
  })

  it('say at the field what the database has against them, and keep the input', async () => {
    const refused = (error: AppError) => show(none, vi.fn(() => Promise.reject(error)))
    const shape = await refused(new AppError('invalid_input', 'x', [{ field: 'networks', code: 'shape', message: 'Write each as 203.0.113.7.' }]))
    await shape.view.find('textarea').setValue('nonsense')
    await shape.save()
    expect([shape.view.text().includes('Write each as 203.0.113.7.'), shape.view.find('textarea').attributes('aria-invalid')]).toEqual([true, 'true'])
    expect((shape.view.find('textarea').element as HTMLTextAreaElement).value).toBe('nonsense')
  })

  it('can be asked for again when they could not be read', async () => {
    const { view } = await show(new AppError('unavailable', 'away'))
    expect(view.text()).toContain(en.errors.unavailable.title)
  })
})

describe('an account that does not open from here', () => {
  it('says so, and looks again when asked', async () => {
    const list = vi.fn(async () => [{ ...account, is_outside: true, permissions: [] }])
    const view = mountApp(OutsideAccount, { components, deps: { accounts: { list } as never } })
    await useAccountStore().load()
    await flushPromises()
    expect(view.text()).toContain('This account does not open from here')
    await view.find('button').trigger('click')
    expect(list).toHaveBeenCalledTimes(2)
  })
})
