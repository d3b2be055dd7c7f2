// @vitest-environment happy-dom
import { flushPromises } from '@vue/test-utils'
import { expect, it, vi } from 'vitest'
import PasswordRules from '../../../../../app/components/auth/PasswordRules.vue'
import PasswordCard from '../../../../../app/components/settings/PasswordCard.vue'
import SettingsCard from '../../../../../app/components/settings/SettingsCard.vue'
import Form from '../../../../../app/components/shared/Form.vue'
import FormError from '../../../../../app/components/shared/FormError.vue'
import FormField from '../../../../../app/components/shared/FormField.vue'
import Alert from '../../../../../app/components/ui/Alert.vue'
import Button from '../../../../../app/components/ui/Button.vue'
import Card from '../../../../../app/components/ui/Card.vue'
import PasswordInput from '../../../../../app/components/ui/PasswordInput.vue'
import { AppError } from '../../../../../business/models/appError.ts'
import { mountApp } from '../../support/mountApp.ts'

const toast = vi.hoisted(() => ({ success: vi.fn() }))
vi.mock('~/composables/useToast', () => ({ useToast: () => toast }))

async function show({ knows = true, refusal = '' } = {}) {
  const changePassword = vi.fn(async (_password: string, _present?: string) => {
    if (refusal) throw new AppError('invalid_input', 'no', { reason: refusal })
  })
  const view = mountApp(PasswordCard, {
    components: { Alert, Button, Card, Form, FormError, FormField, PasswordInput, PasswordRules, SettingsCard },
    deps: { session: { knowsPassword: async () => knows, changePassword } } as never,
  })
  await flushPromises()
  const field = (autocomplete: string) => view.find(`input[autocomplete=${autocomplete}]`)
  return {
    view, changePassword, present: () => field('current-password'),
    async submit(present: string | null, password: string) {
      if (present !== null) await field('current-password').setValue(present)
      await field('new-password').setValue(password)
      await view.get('form').trigger('submit')
      await flushPromises()
    },
  }
}

it('changes a password for the present one, and forgets both', async () => {
  const { view, changePassword, submit, present } = await show()
  await submit('Old#horse77', 'New#horse77')
  expect(changePassword).toHaveBeenCalledWith('New#horse77', 'Old#horse77')
  expect([(present().element as HTMLInputElement).value, toast.success.mock.calls.length]).toEqual(['', 1])
  expect(view.text()).not.toContain('Write your present password')
})

it.each([['', 'New#horse77', 'Write your present password'], ['Old#horse77', 'weak', 'keeps the rules below']])('sends nothing with "%s" and "%s"', async (present, password, words) => {
  const { view, changePassword, submit } = await show()
  await submit(present, password)
  expect([changePassword.mock.calls.length, view.text().includes(words)]).toEqual([0, true])
})

it('says at the field that the present one is wrong', async () => {
  const { view, submit } = await show({ refusal: 'current_password_invalid' })
  await submit('Wrong#horse9', 'New#horse77')
  expect(view.text()).toContain('This is not your present password.')
})

it('does not ask whoever came by a mail, unless the auth service does', async () => {
  const { view, changePassword, submit, present } = await show({ knows: false, refusal: 'current_password_required' })
  expect([present().exists(), view.text().includes('You came by the link of a mail')]).toEqual([false, true])
  await submit(null, 'New#horse77')
  expect([changePassword.mock.calls[0], present().exists()]).toEqual([['New#horse77', ''], true])
})
