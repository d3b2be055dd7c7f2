import { useElementSize } from '@vueuse/core'
import { computed, nextTick, ref, type Ref } from 'vue'

const steps: Record<string, (index: number, last: number) => number> = {
  ArrowRight: (index, last) => Math.min(last, index + 1),
  ArrowLeft: (index) => Math.max(0, index - 1),
  Home: () => 0,
  End: (_, last) => last,
}

/** What every chart has: the width it is given, and places that can be read with the mouse, by touch and with the arrow keys. */
export function useChartFrame(frame: Readonly<Ref<HTMLElement | null>>, places: () => number) {
  const { width: measured } = useElementSize(frame)
  const width = computed(() => Math.max(240, measured.value || 640))
  /** The place that Tab comes to. */
  const current = ref(0)
  /** The place whose words are shown. */
  const shown = ref<number | null>(null)

  async function move(event: KeyboardEvent) {
    const step = steps[event.key]
    if (!step) return
    event.preventDefault()
    current.value = step(current.value, places() - 1)
    await nextTick()
    frame.value?.querySelector<SVGElement>('[tabindex="0"]')?.focus()
  }

  function show(index: number) {
    current.value = index
    shown.value = index
  }

  return { width, current, shown, move, show }
}
