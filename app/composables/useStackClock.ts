import { onScopeDispose, ref } from 'vue'
import { useDeps } from '~/composables/useDeps'
import { setClockOffset } from '~/composables/useNow'

/** What the stack of `npm start` says of its clock; supabase/local/clock.ts describes the fields. */
export interface StackClock {
  offset_ms: number
  time_zone: string
  is_waiting: boolean
  opens_at: string
}

export type StackClockMove = 'opening' | 'hour' | 'real'

const askEveryMs = 20_000
const timeoutMs = 5_000

/** The clock of the local stack: how it is set, and the way to move it. It may be moved from elsewhere, so it is asked again. */
export function useStackClock() {
  const { clockUrl } = useDeps().config
  const clock = ref<StackClock | null>(null)
  const hasFailed = ref(false)

  async function ask(move?: StackClockMove): Promise<void> {
    if (!clockUrl || (!move && document.hidden)) return
    const order = move && { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ move }) }
    try {
      const answer = await fetch(clockUrl, { ...order, signal: AbortSignal.timeout(timeoutMs) })
      if (!answer.ok) throw new Error(`HTTP ${answer.status}`)
      const told = await answer.json() as StackClock
      setClockOffset(told.offset_ms)
      clock.value = told
      hasFailed.value = false
    } catch {
      // Shown where somebody pressed a button; a question in between is simply asked again.
      hasFailed.value = hasFailed.value || move !== undefined
    }
  }

  const look = () => void ask()
  look()
  const timer = setInterval(look, askEveryMs)
  document.addEventListener('visibilitychange', look)
  onScopeDispose(() => {
    clearInterval(timer)
    document.removeEventListener('visibilitychange', look)
  })
  return { clock, hasFailed, look, move: (move: StackClockMove) => ask(move) }
}
