import { onScopeDispose, readonly, ref } from 'vue'

const now = ref(new Date())
let watchers = 0
let timer: ReturnType<typeof setInterval> | undefined

/** The time of day for running clocks on the page: one tick a second for all of them, none when nobody looks. */
export function useNow() {
  watchers += 1
  if (watchers === 1) {
    now.value = new Date()
    timer = setInterval(() => (now.value = new Date()), 1000)
  }
  onScopeDispose(() => {
    watchers -= 1
    if (watchers === 0) clearInterval(timer)
  })
  return readonly(now)
}
