import { useEventListener, useIntervalFn } from '@vueuse/core'
import { ref } from 'vue'

/** When somebody last did something in this browser, in any tab; real time in milliseconds. Gone with the session. */
const key = 'outdial-active-at'
const lookAfterMs = 5_000
const warnBeforeMs = 60_000
/** Written more often, it would keep other tabs busy with every key. */
const noteAfterMs = 1_000

/** A session that begins is no idle one, whatever the one before it was. */
export function forgetActivity(): void {
  localStorage.removeItem(key)
}

/**
 * Signs out when nobody did anything for so many minutes, in all tabs together; Infinity is never. A browser that was closed meanwhile
 * counts as idle, which is why the time is kept and not a timer. soon is true during the last minute.
 */
export function useIdleSignOut(minutes: () => number, signOut: () => unknown) {
  const soon = ref(false)
  const activeAt = () => Number(localStorage.getItem(key)) || note()

  function note(): number {
    const now = Date.now()
    localStorage.setItem(key, String(now))
    return now
  }

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
    if (isActive.value && Date.now() - activeAt() > noteAfterMs) note()
    soon.value = false
  }

  const { pause, isActive } = useIntervalFn(look, lookAfterMs)
  look()
  useEventListener(window, ['pointerdown', 'keydown', 'wheel'], act, { passive: true })
  return { soon }
}
