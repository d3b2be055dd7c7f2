// @vitest-environment happy-dom
import { flushPromises } from '@vue/test-utils'
import { expect, it, vi } from 'vitest'
import AuthHeading from '../../../../../app/components/auth/AuthHeading.vue'
import FactorCode from '../../../../../app/components/auth/FactorCode.vue'
import FactorGate from '../../../../../app/components/auth/FactorGate.vue'
import FactorSetup from '../../../../../app/components/auth/FactorSetup.vue'
import Form from '../../../../../app/components/shared/Form.vue'
import FormError from '../../../../../app/components/shared/FormError.vue'
import FormField from '../../../../../app/components/shared/FormField.vue'
import Alert from '../../../../../app/components/ui/Alert.vue'
import Button from '../../../../../app/components/ui/Button.vue'
import Input from '../../../../../app/components/ui/Input.vue'
import Skeleton from '../../../../../app/components/ui/Skeleton.vue'
import { useAccountStore } from '../../../../../app/stores/accountStore.ts'
import { AppError } from '../../../../../business/models/appError.ts'
import type { MissingFactor, SecondFactor } from '../../../../../business/models/secondFactor.ts'
import { mountApp } from '../../support/mountApp.ts'

const wrong = new AppError('invalid_input', 'no', { reason: 'mfa_verification_failed' })

async function show(missing: MissingFactor, { taken = [] as string[], refusal = null as AppError | null } = {}) {
  const accounts = [
    { account_id: 'a1', name: 'Engines', time_zone: 'UTC', role: 'viewer', permissions: [], second_factor: missing },
    { account_id: 'a2', name: 'Own', time_zone: 'UTC', role: 'owner', permissions: [], second_factor: missing === 'show' ? 'show' : null },
  ]
  const refused = async () => {
    if (refusal) throw refusal
    for (const account of accounts) account.second_factor = null as never
  }
  const secondFactor = {
    list: async () => taken.map((name): SecondFactor => ({ id: name, name, connected_at: '' })),
    begin: vi.fn(async (_name: string) => ({ id: 'f1', qr_code: 'data:image/svg+xml;utf-8,<svg/>', secret: 'ABCDEFGH' })),
    show: vi.fn(refused), confirm: vi.fn(refused),
  }
  const view = mountApp(FactorGate, {
    components: { Alert, AuthHeading, Button, FactorCode, FactorSetup, Form, FormError, FormField, Input, Skeleton },
    deps: { accounts: { list: async () => structuredClone(accounts) }, secondFactor, session: {} } as never,
  })
  await useAccountStore().load()
  await flushPromises()
  return {
    view, secondFactor,
    async write(code: string) {
      await view.get('input').setValue(code)
      await view.get('form').trigger('submit')
      await flushPromises()
    },
  }
}

it('lets in whoever shows a code, typed as apps write it', async () => {
  const { view, secondFactor, write } = await show('show')
  expect(view.text()).toContain('Lost your phone?')
  await write('123 456')
  expect(secondFactor.show).toHaveBeenCalledWith('123456')
  expect([view.emitted('passed')?.length, useAccountStore().account?.second_factor]).toEqual([1, null])
})

it('says at the field that a code is wrong, and keeps the door closed', async () => {
  const { view, write } = await show('show', { refusal: wrong })
  await write('123456')
  expect([view.text().includes('This code is wrong'), view.emitted('passed')]).toEqual([true, undefined])
})

it('has an app connected where the account asks for it, under a name that is free', async () => {
  const { view, secondFactor, write } = await show('set_up', { taken: ['Authenticator app'] })
  expect(secondFactor.begin).toHaveBeenCalledWith('Authenticator app 2')
  expect([view.get('img').attributes('src'), view.get('code').text()]).toEqual(['data:image/svg+xml;utf-8,<svg/>', 'ABCD EFGH'])
  await write('123456')
  expect([secondFactor.confirm.mock.calls, view.emitted('passed')?.length]).toEqual([[['f1', '123456']], 1])
})

it('leads to an account that is open, and is no dead end without one', async () => {
  const buttons = (view: Awaited<ReturnType<typeof show>>['view']) => view.findAll('button').map((button) => button.text())
  expect(buttons((await show('show')).view)).toEqual(['Go on', 'Sign out'])
  const { view } = await show('set_up')
  expect(buttons(view)).toEqual(['Connect', 'Go to Own', 'Sign out'])
  await view.findAll('button')[1]!.trigger('click')
  expect([useAccountStore().currentId, view.emitted('passed')?.length]).toEqual(['a2', 1])
})
