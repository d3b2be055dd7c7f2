import { onScopeDispose, ref } from 'vue'
import { useDeps } from '~/composables/useDeps'

/** What the stack of `npm start` says of its demo account; supabase/local/demo/index.ts describes the fields. */
export interface DemoState {
  state: 'none' | 'making' | 'ready' | 'failed'
  progress: number
  email: string
  password: string
  message: string | null
}

const askEveryMs = 700
const timeoutMs = 10_000

/** The demo account of the local stack: whether it is there, and the way to have it made. It goes on being made when nobody looks. */
export function useDemo() {
  const { demoUrl } = useDeps().config
  const demo = ref<DemoState | null>(null)
  const isUnreachable = ref(false)
  let timer: ReturnType<typeof setTimeout> | undefined

  async function ask(method: 'GET' | 'POST'): Promise<void> {
    clearTimeout(timer)
    if (!demoUrl) return
    const order = method === 'POST' && { method, headers: { 'content-type': 'application/json' }, body: '{}' }
    try {
      const answer = await fetch(demoUrl, { ...order, signal: AbortSignal.timeout(timeoutMs) })
      if (!answer.ok) throw new Error(`HTTP ${answer.status}`)
      demo.value = await answer.json() as DemoState
      isUnreachable.value = false
    } catch {
      isUnreachable.value = true
    }
    if (demo.value?.state === 'making') timer = setTimeout(() => void ask('GET'), askEveryMs)
  }

  onScopeDispose(() => clearTimeout(timer))
  return { demo, isUnreachable, look: () => ask('GET'), make: () => ask('POST') }
}
