// @vitest-environment happy-dom
import { flushPromises } from '@vue/test-utils'
import { beforeEach, expect, it, vi } from 'vitest'
import ProviderConnect from '../../../../../app/components/settings/ProviderConnect.vue'
import ProviderKeyForm from '../../../../../app/components/settings/ProviderKeyForm.vue'
import ProviderNumberForm from '../../../../../app/components/settings/ProviderNumberForm.vue'
import ProviderRefused from '../../../../../app/components/settings/ProviderRefused.vue'
import SettingsCard from '../../../../../app/components/settings/SettingsCard.vue'
import Form from '../../../../../app/components/shared/Form.vue'
import FormError from '../../../../../app/components/shared/FormError.vue'
import FormField from '../../../../../app/components/shared/FormField.vue'
import Alert from '../../../../../app/components/ui/Alert.vue'
import Button from '../../../../../app/components/ui/Button.vue'
import Card from '../../../../../app/components/ui/Card.vue'
import Input from '../../../../../app/components/ui/Input.vue'
import PasswordInput from '../../../../../app/components/ui/PasswordInput.vue'
import Select from '../../../../../app/components/ui/Select.vue'
import { useAccountStore } from '../../../../../app/stores/accountStore.ts'
import { AppError } from '../../../../../business/models/appError.ts'
import type { AccountLine, ProviderConnection } from '../../../../../business/models/providerConnection.ts'
import { en, mountApp } from '../../support/mountApp.ts'

const toast = vi.hoisted(() => ({ success: vi.fn(), error: vi.fn() }))
vi.mock('~/composables/useToast', () => ({ useToast: () => toast }))

const numbers = [{ provider_ref: 'n1', e164: '+12025550201', label: 'Sales' }, { provider_ref: 'n2', e164: '+12025550202', label: '' }]
const connection: ProviderConnection = {
  id: 'c1', provider: 'vapi', state: 'working', last_four: '0001', key_at: '2026-11-02T10:00:00Z', key_by_name: 'Ada', checked_at: '2026-11-02T10:00:00Z',
  refused_as: null, refused_at: null, numbers,
}
const line: AccountLine = { e164: '+12025550201', label: 'Sales', provider_ref: 'n1', is_own: true, concurrency_max: 5, in_flight: 0, hold_reason: null, hold_until: null }
const key = 'a-private-key-of-vapi'

async function show(component: object, { props = {}, provider = {}, permissions = ['account.manage'] }: { props?: object, provider?: object, permissions?: string[] } = {}) {
  const view = mountApp(component as never, {
    props: props as never,
    components: { Alert, Button, Card, Form, FormError, FormField, Input, PasswordInput, ProviderKeyForm, Select, SettingsCard },
    deps: { accounts: { list: async () => [{ account_id: 'a1', name: 'A', time_zone: 'UTC', role: 'owner', permissions }] } as never, provider: provider as never },
  })
  await useAccountStore().load()
  await flushPromises()
  return view
}
async function send(view: Awaited<ReturnType<typeof show>>) {
  await view.get('form').trigger('submit')
  await flushPromises()
}
const refused = new AppError('invalid_input', 'The provider does not accept this key.', [{ field: 'api_key', code: 'refused', message: 'The provider does not accept this key.' }])

beforeEach(() => void vi.clearAllMocks())

it('sends the key, tells what became of it, and forgets it', async () => {
  const connect = vi.fn(async () => ({ connection_id: 'c1', is_replacement: false }))
  const view = await show(ProviderKeyForm, { provider: { connect } })
  await view.get('input').setValue(`  ${key} `)
  await send(view)
  expect([connect.mock.calls, toast.success.mock.calls, view.emitted('connected')?.length]).toEqual([[['a1', key]], [[en.provider.key.taken]], 1])
  expect([view.get('input').element.value, view.html().includes(key)]).toEqual(['', false])
})

it('hides the key while it is typed, and offers it to nobody who fills in forms', async () => {
  const input = (await show(ProviderKeyForm)).get('input')
  expect([input.attributes('type'), input.attributes('autocomplete')]).toEqual(['password', 'off'])
})

it.each(['', 'short', 'with a space in it'])('sends nothing for "%s"', async (text) => {
  const connect = vi.fn()
  const view = await show(ProviderKeyForm, { provider: { connect } })
  await view.get('input').setValue(text)
  await send(view)
  expect([connect.mock.calls.length, view.get('input').attributes('aria-invalid')]).toEqual([0, 'true'])
})

it('says at the field that the provider does not take the key, and leaves it there to be corrected', async () => {
  const view = await show(ProviderKeyForm, { provider: { connect: () => Promise.reject(refused) } })
  await view.get('input').setValue(key)
  await send(view)
  expect([view.get('input').attributes('aria-invalid'), view.text().includes('does not accept this key'), view.get('input').element.value]).toEqual(['true', true, key])
})

it('says that nothing was saved when the provider could not be asked', async () => {
  const view = await show(ProviderKeyForm, { provider: { connect: () => Promise.reject(new AppError('unavailable', 'away')) } })
  await view.get('input').setValue(key)
  await send(view)
  expect(view.get('[role=alert]').text()).toContain(en.provider.key.unasked)
})

it('shows people who may not connect what it is, and no field', async () => {
  const view = await show(ProviderConnect, { permissions: [] })
  expect([view.find('form').exists(), view.text().includes(en.provider.connect.who)]).toEqual([false, true])
})

it('saves another limit for the number that is called from', async () => {
  const chooseNumber = vi.fn(async () => ({}))
  const view = await show(ProviderNumberForm, { props: { connection, line }, provider: { chooseNumber } })
  expect(view.get('button[type=submit]').attributes('disabled')).toBeDefined()
  await view.get('input[type=number]').setValue(3)
  await send(view)
  expect(chooseNumber.mock.calls).toEqual([['c1', 'n1', 3]])
})

it.each([0, 101, 1.5])('does not save %s calls at once', async (count) => {
  const chooseNumber = vi.fn()
  const view = await show(ProviderNumberForm, { props: { connection, line }, provider: { chooseNumber } })
  await view.get('input[type=number]').setValue(count)
  await send(view)
  expect(chooseNumber).not.toHaveBeenCalled()
})

it('takes the only number that there is, and says when the one in use is gone', async () => {
  const chooseNumber = vi.fn(async () => ({}))
  const props = { connection: { ...connection, numbers: numbers.slice(0, 1) }, line: null }
  const only = await show(ProviderNumberForm, { props, provider: { chooseNumber } })
  await send(only)
  expect(chooseNumber.mock.calls).toEqual([['c1', 'n1', 10]])
  const gone = await show(ProviderNumberForm, { props: { connection: { ...connection, numbers: numbers.slice(1) }, line } })
  expect(gone.text()).toContain(en.provider.number.gone)
})

it('checks a refused key again, and says when it is refused still', async () => {
  const refresh = vi.fn(() => Promise.reject(refused))
  const props = { connection: { ...connection, state: 'refused', refused_as: 'auth', refused_at: '2026-11-02T10:00:00Z' } }
  const view = await show(ProviderRefused, { props, provider: { refresh } })
  await view.get('button').trigger('click')
  await flushPromises()
  expect([refresh.mock.calls, toast.error.mock.calls[0]?.[0]]).toEqual([[['a1', 'c1']], en.provider.refused.auth])
  const viewer = await show(ProviderRefused, { props, permissions: [] })
  expect([viewer.find('button').exists(), viewer.text().includes(en.provider.refused.who)]).toEqual([false, true])
})
