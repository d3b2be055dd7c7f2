import { onScopeDispose, toValue, watch, type MaybeRefOrGetter } from 'vue'
import { useDeps } from '~/composables/useDeps'

interface LiveHandlers {
  /** By event name; the payload is what the database sent with it. */
  onEvent?: Record<string, (payload: unknown) => void>
  /** Reads afresh: runs each time the channel is open (again), because what was sent meanwhile is lost. */
  refresh?: () => unknown
}

/** Follows a private topic while the component is there; null means nothing to follow yet. */
export function useLiveChannel(topic: MaybeRefOrGetter<string | null>, { onEvent = {}, refresh }: LiveHandlers) {
  const { live } = useDeps()
  let stop = () => {}

  function follow(name: string | null) {
    stop()
    stop = name
      ? live.listen(name, {
          onEvent: (event, payload) => onEvent[event]?.(payload),
          onJoined: () => void refresh?.(),
        })
      : () => {}
  }

  watch(() => toValue(topic), follow, { immediate: true })
  onScopeDispose(() => stop())
}
