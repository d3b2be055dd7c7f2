import { computed, ref } from 'vue'

/** Pages of a keyset list: each next page starts at the cursor the last answer gave; the way back is remembered. */
export function useKeysetPages() {
  const trail = ref<unknown[]>([])

  return {
    cursor: computed(() => trail.value.at(-1) ?? null),
    /** Number of the page, from 0: rows before it = pageIndex × page size. */
    pageIndex: computed(() => trail.value.length),
    hasPrevious: computed(() => trail.value.length > 0),
    next: (cursor: unknown) => (trail.value = [...trail.value, cursor]),
    previous: () => (trail.value = trail.value.slice(0, -1)),
    reset: () => (trail.value = []),
  }
}

export type KeysetPages = ReturnType<typeof useKeysetPages>
