// @vitest-environment happy-dom
import { flushPromises } from '@vue/test-utils'
import { expect, it, vi } from 'vitest'
import UnsubscribeCard from '../../../../../app/components/settings/UnsubscribeCard.vue'
import Alert from '../../../../../app/components/ui/Alert.vue'
import { AppError } from '../../../../../business/models/appError.ts'
import { mountApp } from '../../support/mountApp.ts'

const components = {
  Alert, AuthHeading: { props: ['title', 'text'], template: '<h1>{{ title }}</h1><p>{{ text }}</p>' }, Button: { props: ['to'], template: '<a v-if="to" :href="to"><slot /></a><button v-else><slot /></button>' },
}
const show = (token: string, unsubscribe = vi.fn(async () => ({}))) =>
  ({ view: mountApp(UnsubscribeCard, { props: { token }, components, deps: { notices: { unsubscribe }, accounts: {} } as never }), unsubscribe })

it('says which mails would stop, and stops them when asked, not before', async () => {
  const { view, unsubscribe } = show('a.u.paused+minutes.sig')
  expect(view.text()).toContain('Campaign paused by a rule, Minutes running out')
  expect(unsubscribe).not.toHaveBeenCalled()
  await view.get('button').trigger('click')
  await flushPromises()
  expect(unsubscribe.mock.calls).toEqual([['a.u.paused+minutes.sig']])
  expect(view.get('h1').text()).toBe('These mails are stopped')
})

it('says so when the link is refused, and leaves the button', async () => {
  const { view } = show('a.u.minutes.sig', vi.fn(async () => Promise.reject(new AppError('not_found', 'no'))))
  await view.get('button').trigger('click')
  await flushPromises()
  expect(view.text()).toContain('Open it from the mail again')
  expect(view.find('button').exists()).toBe(true)
})

it.each(['', 'nonsense', 'a.u.gossip.sig'])('takes %j for no link of ours', (token) => {
  const { view } = show(token)
  expect(view.get('h1').text()).toBe('This link is not complete')
  expect(view.find('button').exists()).toBe(false)
})
