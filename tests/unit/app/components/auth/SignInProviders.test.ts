// @vitest-environment happy-dom
import { flushPromises } from '@vue/test-utils'
import { expect, it, vi } from 'vitest'
import SignInProviders from '../../../../../app/components/auth/SignInProviders.vue'
import Alert from '../../../../../app/components/ui/Alert.vue'
import Button from '../../../../../app/components/ui/Button.vue'
import { AppError } from '../../../../../business/models/appError.ts'
import { mountApp } from '../../support/mountApp.ts'

const show = (providers: string[], signInWith = vi.fn(async (_provider: string, _to: string) => undefined)) => ({
  signInWith,
  view: mountApp(SignInProviders, { props: { next: '/campaigns' }, components: { Alert, Button }, deps: { config: { providers }, session: { signInWith } } as never }),
})

it('offers nothing where the installation names no other service', () => {
  expect(show([]).view.text()).toBe('')
  expect(show(['nobody-knows-it']).view.text()).toBe('')
})

it('leaves for the service that was chosen, and comes back to where the person wanted to go', async () => {
  const { view, signInWith } = show(['google', 'github'])
  expect(view.findAll('button').map((button) => button.text())).toEqual(['Continue with GitHub', 'Continue with Google'])
  await view.findAll('button')[1]!.trigger('click')
  expect(signInWith).toHaveBeenCalledWith('google', new URL('/campaigns', location.origin).href)
})

it('says what is wrong when the service is switched off', async () => {
  const { view } = show(['github'], vi.fn(() => Promise.reject(new AppError('invalid_input', 'off', { reason: 'provider_disabled' }))))
  await view.get('button').trigger('click')
  await flushPromises()
  expect(view.get('[role=alert]').text()).toContain('This way to sign in is switched off')
})
