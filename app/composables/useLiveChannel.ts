import { useDocumentVisibility, useIntervalFn } from '@vueuse/core'
import { onScopeDispose, ref, toValue, watch, type MaybeRefOrGetter } from 'vue'
import { useDeps } from '~/composables/useDeps'

interface LiveHandlers {
  /** By event name; the payload is what the database sent with it. */
  onEvent?: Record<string, (payload: unknown) => void>
  /**
   * Reads afresh: each time the channel is open (again), because what was sent meanwhile is lost, and by the clock: often
   * while the channel is down, once a minute otherwise, for what only time changes (a window that opens, midnight).
   */
  refresh?: () => unknown
}

const whileDownMs = 5_000
const whileJoinedMs = 60_000

/** Follows a private topic while the component is there; null means nothing to follow now. */
export function useLiveChannel(topic: MaybeRefOrGetter<string | null>, { onEvent = {}, refresh }: LiveHandlers) {
  const { live } = useDeps()
  const isJoined = ref(false)
  const visibility = useDocumentVisibility()
  let stop = () => {}

  function onJoined() {
    isJoined.value = true
    void refresh?.()
  }

  function follow(name: string | null) {
    stop()
    isJoined.value = false
    stop = name
      ? live.listen(name, { onEvent: (event, payload) => onEvent[event]?.(payload), onJoined, onLeft: () => (isJoined.value = false) })
      : () => {}
  }

  watch(() => toValue(topic), follow, { immediate: true })
  useIntervalFn(() => visibility.value === 'visible' && toValue(topic) && refresh?.(), () => (isJoined.value ? whileJoinedMs : whileDownMs))
  onScopeDispose(() => stop())
}
