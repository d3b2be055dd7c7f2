import { useQuery } from '@pinia/colada'
import { computed, reactive, watch } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { useKeysetPages } from '~/composables/useKeysetPages'
import { useAccountStore } from '~/stores/accountStore'
import { searchTextOf } from '~~/business/models/searchText.ts'

interface ListPage<Row> {
  rows: Row[]
  next_cursor: unknown
  /** null: more than anybody counts. */
  total_count: number | null
}

/** Rows on a page, as the database gives them. */
const pageSize = 20

/**
 * A list that the database searches and pages. The search is kept in the address, so that it can be sent to a colleague
 * and survives the way back; another search begins at its first page, and the rows before stay until its answer comes. What else
 * load asks for is told as conditions, so that another one is another question.
 */
export function useSearchedList<Row, Answer extends ListPage<Row> = ListPage<Row>>(
  noun: string, load: (text: string, cursor: unknown) => Promise<Answer & ListPage<Row>>, conditionsOf: () => unknown = () => null,
) {
  const route = useRoute()
  const router = useRouter()
  const accounts = useAccountStore()
  const pages = useKeysetPages()

  const text = computed({
    get: () => searchTextOf(route.query.q),
    set: (q) => void router.replace({ query: { ...route.query, q: q.trim() || undefined } }),
  })
  const conditions = computed(() => JSON.stringify(conditionsOf()))
  watch([text, conditions], () => pages.reset())

  const { data, error, isPending, asyncStatus, isPlaceholderData, refetch } = useQuery({
    key: () => [noun, accounts.currentId ?? '', 'list', text.value, conditions.value, JSON.stringify(pages.cursor.value)],
    query: () => load(text.value, pages.cursor.value),
    placeholderData: (previous: (Answer & ListPage<Row>) | undefined) => previous,
  })

  const rows = computed(() => data.value?.rows ?? [])
  const from = computed(() => pages.pageIndex.value * pageSize + 1)

  return reactive({
    text,
    rows,
    /** All that the newest answer says. */
    answer: computed(() => data.value ?? null),
    from,
    to: computed(() => from.value + rows.value.length - 1),
    total: computed(() => data.value?.total_count ?? null),
    isPending,
    /** What is shown belongs to the question before; it is marked so until its answer comes. */
    isBusy: computed(() => isPlaceholderData.value && asyncStatus.value === 'loading'),
    /** Shown instead of rows only where there are none that answer this question. */
    error: computed(() => (error.value && (!data.value || isPlaceholderData.value) ? error.value : null)),
    hasPrevious: pages.hasPrevious,
    hasNext: computed(() => Boolean(data.value?.next_cursor)),
    previous: pages.previous,
    next: () => pages.next(data.value?.next_cursor),
    refetch: () => void refetch(),
  })
}

export type SearchedList = ReturnType<typeof useSearchedList>
