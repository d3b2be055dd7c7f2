import { usePreferredReducedMotion, useRafFn } from '@vueuse/core'
import { computed, ref } from 'vue'
import type { Rehearsal } from '~~/business/models/forecast.ts'

export const speeds = [0.5, 1, 2, 4] as const

/** At single speed a day of the campaign takes so long, within what anybody wants to look at. */
const secondsADay = 5
const shortest = 8
const longest = 60
/** For those who asked for less motion: a step a second instead of a flow. */
const stepMs = 1_000

/** Plays the pictures of a rehearsal: where it is, how fast, and whether it moves. It starts by itself unless less motion is wanted. */
export function useTimeLapse({ frames, begins_at, ends_at }: Rehearsal) {
  const isStill = usePreferredReducedMotion().value === 'reduce'
  const position = ref(0)
  const speed = ref<number>(1)
  const isPlaying = ref(!isStill)
  const last = frames.length - 1
  const playSeconds = Math.min(longest, Math.max(shortest, (ends_at - begins_at) / 86_400 * secondsADay))
  let stepped = 0

  useRafFn(({ delta }) => {
    if (!isPlaying.value) return
    stepped += delta
    if (isStill && stepped < stepMs) return
    position.value = Math.min(last, position.value + stepped / 1000 * speed.value * frames.length / playSeconds)
    stepped = 0
    if (position.value >= last) isPlaying.value = false
  })

  function toggle() {
    if (!isPlaying.value && position.value >= last) position.value = 0
    isPlaying.value = !isPlaying.value
  }
  const index = computed({ get: () => Math.floor(position.value), set: (value) => (position.value = value) })
  return { isStill, speed, isPlaying, toggle, last, index, frame: computed(() => frames[index.value]!), isOver: computed(() => position.value >= last) }
}
