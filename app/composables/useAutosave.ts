import { useEventListener } from '@vueuse/core'
import { computed, onScopeDispose, ref, watch } from 'vue'
import { AppError } from '~~/business/models/appError.ts'

/** How long nobody types before it is saved. */
const pauseMs = 800

export type AutosaveState = 'saved' | 'waiting' | 'saving' | 'failed' | 'conflict'

/** What a conflict tells about whoever was faster. */
export interface SaveConflict {
  revision: number
  by_name: string | null
}

interface Saved {
  revision: number
  saved_at: string | null
}

interface AutosaveOptions<Content> {
  start: Saved
  content: () => Content
  mayWrite: () => boolean
  save: (content: Content, revision: number) => Promise<Saved>
}

/**
 * Saves what is typed by itself, one request at a time, always the newest text. What fails is tried again with the next change or
 * by hand; what somebody else saved meanwhile stops it until a person decides.
 */
export function useAutosave<Content>({ start, content, mayWrite, save }: AutosaveOptions<Content>) {
  const revision = ref(start.revision)
  const savedAt = ref(start.saved_at)
  const state = ref<AutosaveState>('saved')
  const conflict = ref<SaveConflict | null>(null)
  const error = ref<unknown>(null)
  const text = computed(() => JSON.stringify(content()))
  let savedText = text.value
  let timer: ReturnType<typeof setTimeout> | undefined
  let running: Promise<void> | null = null

  watch(text, (now) => {
    clearTimeout(timer)
    if (!mayWrite() || state.value === 'conflict') return
    if (now === savedText && !running) {
      state.value = 'saved'
      return
    }
    if (!running) state.value = 'waiting'
    timer = setTimeout(() => void flush(), pauseMs)
  })

  async function send() {
    const sent = text.value
    state.value = 'saving'
    try {
      const saved = await save(JSON.parse(sent) as Content, revision.value)
      revision.value = saved.revision
      savedAt.value = saved.saved_at
      savedText = sent
      error.value = null
      state.value = text.value === sent ? 'saved' : 'waiting'
    } catch (failure) {
      refuse(failure)
    }
  }

  function refuse(failure: unknown) {
    conflict.value = conflictIn(failure)
    error.value = failure
    state.value = conflict.value ? 'conflict' : 'failed'
  }

  /** Until the newest text is saved, or cannot be. True when it is. */
  async function flush(): Promise<boolean> {
    clearTimeout(timer)
    // Another caller may have sent the next one by the time the first is answered.
    while (running) await running
    if (mayWrite() && state.value !== 'conflict' && text.value !== savedText) {
      running = send().finally(() => (running = null))
      await running
      if (state.value === 'waiting') return flush()
    }
    return text.value === savedText
  }

  /** Keeps one's own text although somebody saved another. */
  function overwrite() {
    if (!conflict.value) return Promise.resolve(false)
    revision.value = conflict.value.revision
    conflict.value = null
    // Also a text that was saved before: theirs stands in its place now.
    savedText = ''
    state.value = 'waiting'
    return flush()
  }

  /** A newer text was read: whoever types hears of it before their own is refused. What is on its way is answered by itself. */
  function hear(other: SaveConflict) {
    if (running || state.value === 'conflict' || other.revision <= revision.value) return
    clearTimeout(timer)
    conflict.value = other
    state.value = 'conflict'
  }

  /** The text was taken elsewhere, say published: what is typed from now on is new. */
  function begin(newRevision: number) {
    revision.value = newRevision
    savedAt.value = null
  }

  useEventListener(document, 'visibilitychange', () => document.hidden && void flush())
  onScopeDispose(() => void flush())

  return { revision, savedAt, state, conflict, error, flush, overwrite, hear, begin }
}

function conflictIn(failure: unknown): SaveConflict | null {
  const details = failure instanceof AppError && failure.code === 'conflict' ? (failure.details as Partial<SaveConflict> | null) : null
  return details?.revision === undefined ? null : { revision: details.revision, by_name: details.by_name ?? null }
}
