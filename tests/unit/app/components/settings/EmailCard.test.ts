// @vitest-environment happy-dom
import { flushPromises } from '@vue/test-utils'
import { expect, it, vi } from 'vitest'
import EmailCard from '../../../../../app/components/settings/EmailCard.vue'
import SettingsCard from '../../../../../app/components/settings/SettingsCard.vue'
import Form from '../../../../../app/components/shared/Form.vue'
import FormError from '../../../../../app/components/shared/FormError.vue'
import FormField from '../../../../../app/components/shared/FormField.vue'
import Alert from '../../../../../app/components/ui/Alert.vue'
import Button from '../../../../../app/components/ui/Button.vue'
import Card from '../../../../../app/components/ui/Card.vue'
import Input from '../../../../../app/components/ui/Input.vue'
import { useSessionStore } from '../../../../../app/stores/sessionStore.ts'
import { AppError } from '../../../../../business/models/appError.ts'
import { mountApp } from '../../support/mountApp.ts'

function show(changeEmail = vi.fn(async (_email: string, _to: string) => undefined)) {
  const components = { Alert, Button, Card, Form, FormError, FormField, Input, SettingsCard }
  const view = mountApp(EmailCard, { components, deps: { session: { changeEmail } } as never })
  useSessionStore().user = { user_id: 'u1', email: 'ada@example.com', name: 'Ada', company_name: null, company_type: 'generic' }
  return {
    view, changeEmail,
    async write(email: string) {
      await view.get('input').setValue(email)
      await view.get('form').trigger('submit')
      await flushPromises()
    },
  }
}

it('asks for the change, and says that both mails must be opened', async () => {
  const { view, changeEmail, write } = show()
  await write(' Next@Example.com ')
  expect(changeEmail).toHaveBeenCalledWith('next@example.com', new URL('/auth/email-change', location.origin).href)
  expect(view.text()).toContain('A link went to ada@example.com and, if it is free, one to next@example.com.')
  await view.get('button').trigger('click')
  expect((view.get('input').element as HTMLInputElement).value).toBe('')
})

it.each([['ADA@example.com', 'This is your present address.'], ['nonsense', 'e-mail']])('sends nothing for "%s"', async (email, words) => {
  const { view, changeEmail, write } = show()
  await write(email)
  expect([changeEmail.mock.calls.length, view.text().toLowerCase().includes(words.toLowerCase())]).toEqual([0, true])
})

it('keeps what was typed when the server was not reached', async () => {
  const { view, write } = show(vi.fn(() => Promise.reject(new AppError('unavailable', 'no network'))))
  await write('next@example.com')
  expect([view.find('[role=alert]').exists(), (view.get('input').element as HTMLInputElement).value]).toEqual([true, 'next@example.com'])
})
