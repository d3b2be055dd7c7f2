import { computed } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { campaignGroups, groupOf, type Campaign, type CampaignGroup } from '~~/business/models/campaign.ts'

const pageSize = 20

/** Which campaigns the list shows. Kept in the address, so that it survives the way back and can be sent to a colleague. */
export function useCampaignFilter(campaigns: () => Campaign[]) {
  const route = useRoute()
  const router = useRouter()
  /** Another search or group starts at its first page. */
  const setQuery = (change: Record<string, string | undefined>) => void router.replace({ query: { ...route.query, page: undefined, ...change } })

  const text = computed({ get: () => String(route.query.q ?? ''), set: (q) => setQuery({ q: q.trim() || undefined }) })
  const group = computed<CampaignGroup | undefined>(() => campaignGroups.find((known) => known === route.query.show))
  const found = computed(() => {
    const words = text.value.toLowerCase().split(/\s+/).filter(Boolean)
    return campaigns().filter(({ name, assistant_name }) => words.every((word) => `${name} ${assistant_name ?? ''}`.toLowerCase().includes(word)))
  })
  const counts = computed(() => {
    const ofGroup = campaignGroups.map((name) => ({ name, count: found.value.filter((campaign) => groupOf(campaign) === name).length }))
    return [{ name: 'all' as const, count: found.value.length }, ...ofGroup]
  })
  const shown = computed(() => (group.value ? found.value.filter((campaign) => groupOf(campaign) === group.value) : found.value))
  const lastPage = computed(() => Math.max(1, Math.ceil(shown.value.length / pageSize)))
  const page = computed(() => Math.min(lastPage.value, Math.max(1, Number.parseInt(String(route.query.page), 10) || 1)))
  const from = computed(() => (page.value - 1) * pageSize)

  return {
    text,
    group,
    counts,
    total: computed(() => shown.value.length),
    from,
    rows: computed(() => shown.value.slice(from.value, from.value + pageSize)),
    page,
    lastPage,
    turnTo: (wanted: number) => setQuery({ page: wanted === 1 ? undefined : String(wanted) }),
    clear: () => setQuery({ q: undefined, show: undefined }),
  }
}
