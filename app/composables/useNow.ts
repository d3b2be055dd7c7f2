import { onScopeDispose, readonly, ref } from 'vue'

/** Only the stack of `npm start` has one: its clock can be moved, and what the pages call now moves with it. */
let offsetMs = 0
const now = ref(currentTime())
let watchers = 0
let timer: ReturnType<typeof setInterval> | undefined

/** The time of day for running clocks on the page: one tick a second for all of them, none when nobody looks. */
export function useNow() {
  watchers += 1
  if (watchers === 1) {
    now.value = currentTime()
    timer = setInterval(() => (now.value = currentTime()), 1000)
  }
  onScopeDispose(() => {
    watchers -= 1
    if (watchers === 0) clearInterval(timer)
  })
  return readonly(now)
}

/** Now, by the same clock, for whoever asks once. */
export function currentTime(): Date {
  return new Date(Date.now() + offsetMs)
}

/** How far the clock of the pages is from the machine's. */
export function setClockOffset(ms: number): void {
  offsetMs = ms
  now.value = currentTime()
}
