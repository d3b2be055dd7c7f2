// @vitest-environment happy-dom
import { expect, it } from 'vitest'
import ErrorState from '../../../../app/components/shared/ErrorState.vue'
import { AppError } from '../../../../business/models/appError.ts'
import { mountApp } from '../support/mountApp.ts'

const show = (error: unknown) => mountApp(ErrorState, { props: { error }, deps: { session: {} as never } })

it('offers another try where one can help', () => {
  expect(show(new AppError('unavailable', 'fetch failed')).get('button').text()).toBe('Try again')
})

it('offers another way than the dashboard where the page knows one', () => {
  const view = mountApp(ErrorState, { props: { error: new AppError('not_found', 'No.') }, slots: { missing: () => 'Clear the search' }, deps: { session: {} as never } })
  expect([view.text().includes('Clear the search'), view.find('button').exists()]).toEqual([true, false])
})

it.each(['not_found', 'forbidden'] as const)('offers no other try of what is %s, in a line either', (code) => {
  expect(mountApp(ErrorState, { props: { error: new AppError(code, 'No.'), compact: true }, deps: { session: {} as never } }).find('button').exists()).toBe(false)
})

it('says once that a role does not allow it, and offers no try that would end the same way', () => {
  const view = show(new AppError('forbidden', 'Your role does not allow this.', null, 'Ask an owner or admin of the account.'))
  expect(view.find('button').exists()).toBe(false)
  expect(view.get('h2').text()).toBe('Your role does not allow this')
  expect(view.get('p').text()).toBe('Ask an owner or admin of the account.')
})
