import { useEventListener, useIntervalFn } from '@vueuse/core'
import { ref } from 'vue'
import { forgetActivity, lastActivityAt, noteActivity } from '~/utils/lastActivity'

const lookAfterMs = 5_000
const warnBeforeMs = 60_000
/** Written more often, it would keep other tabs busy with every key. */
const noteAfterMs = 1_000

/**
 * Signs out when nobody did anything for so many minutes, in all tabs together; Infinity is never. A browser that was closed meanwhile
 * counts as idle, which is why the time is kept and not a timer. soon is true during the last minute.
 */
export function useIdleSignOut(minutes: () => number, signOut: () => unknown) {
  const soon = ref(false)
  const activeAt = () => lastActivityAt() ?? noteActivity()

  function look() {
    const left = activeAt() + minutes() * 60_000 - Date.now()
    soon.value = left <= warnBeforeMs
    if (left > 0) return
    pause()
    forgetActivity()
    void signOut()
  }

  /** What is done after the time is over comes too late: it would keep a session that a stranger found. */
  function act() {
    if (isActive.value) look()
    if (isActive.value && Date.now() - activeAt() > noteAfterMs) noteActivity()
    soon.value = false
  }

  const { pause, isActive } = useIntervalFn(look, lookAfterMs)
  look()
  useEventListener(window, ['pointerdown', 'keydown', 'wheel'], act, { passive: true })
  return { soon }
}
