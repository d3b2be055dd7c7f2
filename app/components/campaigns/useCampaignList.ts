import { useQuery } from '@pinia/colada'
import { computed, watch } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { useLiveChannel } from '~/composables/useLiveChannel'
import { useAccountStore } from '~/stores/accountStore'
import { useCampaignStore } from '~/stores/campaignStore'
import { soon } from '~/utils/soon'
import { campaignStatusSchema, type CampaignStatus } from '~~/business/models/campaign.ts'
import { campaignSorts, type CampaignFilter, type CampaignSort } from '~~/business/models/campaignList.ts'
import { searchTextOf } from '~~/business/models/searchText.ts'

/** Rows on a page, as the database gives them. */
const pageSize = 20
/** Many campaigns may change many times a second; nobody reads a list faster than this. */
const restMs = 1_000

/** The campaigns of the account, searched, filtered, sorted and paged by the database. All of that is in the address. */
export function useCampaignList() {
  const store = useCampaignStore()
  const accounts = useAccountStore()
  const { filter, page, set, ...address } = useListAddress()

  const { data, error, isPending, isPlaceholderData, asyncStatus, refetch } = useQuery({
    key: () => ['campaigns', accounts.currentId ?? '', 'list', JSON.stringify(filter.value), page.value],
    query: () => store.list(filter.value, page.value),
    placeholderData: (previous) => previous,
  })
  const refresh = soon(() => refetch(), restMs)
  useLiveChannel(() => (accounts.currentId ? `account:${accounts.currentId}` : null), { onEvent: { campaign_changed: refresh }, refresh })

  const total = computed(() => data.value?.total_count ?? 0)
  const lastPage = computed(() => Math.max(1, Math.ceil(total.value / pageSize)))
  /** What was deleted or filtered elsewhere may leave nothing on a page that was there. */
  watch([lastPage, isPlaceholderData], () => data.value && !isPlaceholderData.value && page.value > lastPage.value && set({ page: lastPage.value }))

  return {
    ...address,
    filter,
    rows: computed(() => data.value?.rows ?? []),
    counts: computed(() => data.value?.status_counts ?? {}),
    isEmpty: computed(() => data.value !== undefined && !address.isNarrowed.value && Object.keys(data.value.status_counts).length === 0),
    isPending,
    isBusy: computed(() => isPlaceholderData.value && asyncStatus.value === 'loading'),
    error: computed(() => (error.value && (!data.value || isPlaceholderData.value) ? error.value : null)),
    refetch,
    total,
    from: computed(() => (page.value - 1) * pageSize),
    page,
    lastPage,
    turnTo: (wanted: number) => set({ page: wanted }),
  }
}

/** Another question begins at its first page. */
function useListAddress() {
  const route = useRoute()
  const router = useRouter()
  const textOf = (name: string) => (typeof route.query[name] === 'string' ? route.query[name] : '')
  const set = (change: Record<string, string | number | undefined>) =>
    void router.replace({ query: { ...route.query, ...change, page: change.page === 1 ? undefined : change.page } })

  const text = computed({ get: () => searchTextOf(route.query.q), set: (q) => set({ q: q.trim() || undefined }) })
  const status = computed<CampaignStatus | undefined>(() => campaignStatusSchema.options.find((known) => known === textOf('status')))
  const assistant = computed({ get: () => textOf('assistant') || null, set: (id) => set({ assistant: id ?? undefined }) })
  const sort = computed<CampaignSort>(() => campaignSorts.find((known) => known === textOf('sort')) ?? 'created')
  const isAscending = computed(() => textOf('dir') === (ascendsByItself(sort.value) ? '' : 'up'))
  const page = computed(() => Math.max(1, Number.parseInt(textOf('page'), 10) || 1))
  const isNarrowed = computed(() => Boolean(text.value || status.value || assistant.value))

  /** The same once more turns it round. */
  function sortBy(wanted: CampaignSort, ascending = wanted === sort.value ? !isAscending.value : ascendsByItself(wanted)) {
    const direction = ascendsByItself(wanted) ? (ascending ? undefined : 'down') : ascending ? 'up' : undefined
    set({ sort: wanted === 'created' ? undefined : wanted, dir: direction })
  }

  const filter = computed<CampaignFilter>(() => ({
    text: text.value || undefined, status: status.value, assistant_id: assistant.value ?? undefined, sort: sort.value, is_ascending: isAscending.value }))
  const clear = () => set({ q: undefined, status: undefined, assistant: undefined })
  return { filter, page, set, text, status, assistant, sort, isAscending, isNarrowed, sortBy, clear }
}

/** Names and states are read from the beginning, times and progress from the end. */
const ascendsByItself = (sort: CampaignSort) => sort === 'name' || sort === 'status'
