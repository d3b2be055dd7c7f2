// @vitest-environment happy-dom
import { flushPromises } from '@vue/test-utils'
import { expect, it, vi } from 'vitest'
import { nextTick } from 'vue'
import FactorCode from '../../../../../app/components/auth/FactorCode.vue'
import FactorCard from '../../../../../app/components/settings/FactorCard.vue'
import SettingsCard from '../../../../../app/components/settings/SettingsCard.vue'
import ErrorState from '../../../../../app/components/shared/ErrorState.vue'
import Form from '../../../../../app/components/shared/Form.vue'
import FormError from '../../../../../app/components/shared/FormError.vue'
import FormField from '../../../../../app/components/shared/FormField.vue'
import Alert from '../../../../../app/components/ui/Alert.vue'
import Button from '../../../../../app/components/ui/Button.vue'
import Card from '../../../../../app/components/ui/Card.vue'
import Dialog from '../../../../../app/components/ui/Dialog.vue'
import Input from '../../../../../app/components/ui/Input.vue'
import Skeleton from '../../../../../app/components/ui/Skeleton.vue'
import { AppError } from '../../../../../business/models/appError.ts'
import type { SecondFactor } from '../../../../../business/models/secondFactor.ts'
import { mountApp } from '../../support/mountApp.ts'

const toast = vi.hoisted(() => ({ success: vi.fn() }))
vi.mock('~/composables/useToast', () => ({ useToast: () => toast }))

const phone: SecondFactor = { id: 'f1', name: 'Authenticator app', connected_at: '2026-11-02T10:00:00Z' }

async function show(list: () => Promise<SecondFactor[]>) {
  const secondFactor = { list: vi.fn(list), show: vi.fn(async () => undefined), remove: vi.fn(async () => undefined) }
  const view = mountApp(FactorCard, {
    components: { Alert, Button, Card, Dialog, ErrorState, FactorCode, FactorSetup: { template: '<i />' }, Form, FormError, FormField, Input, SettingsCard, Skeleton },
    deps: { secondFactor, session: {}, accounts: { list: async () => [] } } as never,
  })
  await flushPromises()
  return { view, secondFactor }
}

it('says what a second factor is for to who has none', async () => {
  const { view } = await show(async () => [])
  expect([view.text().includes('whoever learns your password'), view.get('button').text()]).toEqual([true, 'Connect an app'])
})

it('advises a second app to who has one, and removes it for one of its codes', async () => {
  const { view, secondFactor } = await show(async () => [phone])
  expect([view.text().includes('Connect a second app'), view.get('li').text().includes('since Nov 2, 2026')]).toEqual([true, true])
  await view.get('li button').trigger('click')
  await nextTick()
  const dialog = document.querySelector('[role=dialog]')!
  expect(dialog.textContent).toContain('Your password alone opens your accounts again')
  const input = dialog.querySelector('input')!
  input.value = '123456'
  input.dispatchEvent(new Event('input'))
  dialog.querySelector('form')!.dispatchEvent(new Event('submit', { cancelable: true }))
  await flushPromises()
  expect([secondFactor.show.mock.calls, secondFactor.remove.mock.calls]).toEqual([[['123456']], [['f1']]])
})

it('can be asked again when the apps could not be read', async () => {
  let times = 0
  const { view } = await show(async () => {
    if (times++ === 0) throw new AppError('unavailable', 'away')
    return [phone]
  })
  await view.get('[role=alert] button').trigger('click')
  await flushPromises()
  expect(view.find('li').exists()).toBe(true)
})
