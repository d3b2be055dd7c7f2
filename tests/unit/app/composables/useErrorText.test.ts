// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest'
import { defineComponent, h } from 'vue'
import { useErrorText } from '../../../../app/composables/useErrorText.ts'
import { AppError } from '../../../../business/models/appError.ts'
import { mountApp } from '../support/mountApp.ts'

/** The two lines that a person reads. */
function wordsFor(error: unknown): string[] {
  const page = defineComponent(() => {
    const { title, description } = useErrorText()(error)
    return () => [h('h1', title), h('p', description)]
  })
  const view = mountApp(page)
  return [view.find('h1').text(), view.find('p').text()]
}
const limited = (seconds?: number) => wordsFor(new AppError('rate_limited', 'For the log.', seconds === undefined ? null : { retry_after_seconds: seconds }))[1]

describe('the words for a failure', () => {
  it.each([[1, 'Try again in 1 second.'], [40, 'Try again in 40 seconds.'], [100, 'Try again in 2 minutes.'], [3600, 'Try again in 60 minutes.'], [7201, 'Try again in 3 hours.']])(
    'say after how long to come again: %i s', (seconds, text) => expect(limited(seconds)).toBe(text))

  it('guess where the refusal does not say it', () => {
    expect(limited()).toBe('Wait a minute, then try again.')
  })

  it('are the sentence that was written for the person, and never one for the log', () => {
    expect(wordsFor(new AppError('conflict', 'A hundred invitations are open.', null, 'Revoke some.'))[1]).toBe('A hundred invitations are open. Revoke some.')
    expect(wordsFor(new TypeError('undefined is not a function'))).toEqual(['Something went wrong on our side', 'Try again. If it stays, tell support what you did.'])
  })
})
