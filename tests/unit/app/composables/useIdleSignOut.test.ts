// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { effectScope, type EffectScope } from 'vue'
import { useIdleSignOut } from '../../../../app/composables/useIdleSignOut.ts'
import { forgetActivity } from '../../../../app/utils/lastActivity.ts'

const minute = 60_000
const signOut = vi.fn()
let scopes: EffectScope[] = []

/** A tab of the browser. */
function open(minutes = 15) {
  const scope = effectScope()
  scopes.push(scope)
  const { soon } = scope.run(() => useIdleSignOut(() => minutes, signOut))!
  return { soon, close: () => scope.stop() }
}
const press = () => window.dispatchEvent(new KeyboardEvent('keydown'))

beforeEach(() => {
  vi.useFakeTimers()
  localStorage.clear()
  signOut.mockClear()
})
afterEach(() => {
  for (const scope of scopes) scope.stop()
  scopes = []
  vi.useRealTimers()
})

it('signs out once when nobody did anything for so long, and warns in the last minute', () => {
  const { soon } = open()
  vi.advanceTimersByTime(14 * minute - 1)
  expect([soon.value, signOut.mock.calls.length]).toEqual([false, 0])
  vi.advanceTimersByTime(10_000)
  expect([soon.value, signOut.mock.calls.length]).toEqual([true, 0])
  vi.advanceTimersByTime(30 * minute)
  expect(signOut).toHaveBeenCalledTimes(1)
})

it('stays while somebody works, in whichever tab', () => {
  const { soon } = open()
  vi.advanceTimersByTime(14.5 * minute)
  open()
  press()
  expect(soon.value).toBe(false)
  vi.advanceTimersByTime(14.5 * minute)
  expect(signOut).not.toHaveBeenCalled()
})

it('counts the time that the browser was closed, and a late key brings nothing back', () => {
  open().close()
  vi.advanceTimersByTime(20 * minute)
  open()
  expect(signOut).toHaveBeenCalledTimes(1)
  press()
  expect(localStorage.getItem('outdial-active-at')).toBeNull()
})

it('does not count what was before this session', () => {
  open().close()
  vi.advanceTimersByTime(20 * minute)
  forgetActivity()
  open()
  expect(signOut).not.toHaveBeenCalled()
})

it('never signs out where no account asks for it', () => {
  open(Infinity)
  vi.advanceTimersByTime(1_000 * minute)
  expect(signOut).not.toHaveBeenCalled()
})
