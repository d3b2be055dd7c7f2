import { computed } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { liveOrders, liveStages, type LiveCallFilter, type LiveOrder, type LiveStage } from '~~/business/models/liveCall.ts'
import { idOf } from '~~/business/models/queryValues.ts'

/** Which calls in progress are shown, and which one is read along; in the address, so that it can be sent to a colleague. */
export function useLiveFilter() {
  const route = useRoute()
  const router = useRouter()
  const change = (query: Record<string, string | undefined>) => void router.replace({ query: { ...route.query, ...query } })

  const campaign = computed({ get: () => idOf(route.query.campaign) ?? null, set: (value: string | null) => change({ campaign: value ?? undefined }) })
  const stage = computed({
    get: (): LiveStage | null => liveStages.find(({ name }) => name === route.query.stage)?.name ?? null,
    set: (value) => change({ stage: value ?? undefined }),
  })
  const order = computed({
    get: (): LiveOrder => liveOrders.find((known) => known === route.query.order) ?? 'newest',
    set: (value) => change({ order: value === 'newest' ? undefined : value }),
  })
  const call = computed({ get: () => idOf(route.query.call) ?? null, set: (value: string | null) => change({ call: value ?? undefined }) })
  const filter = computed((): LiveCallFilter => ({
    campaign_id: campaign.value ?? undefined, states: liveStages.find(({ name }) => name === stage.value)?.states, order: order.value,
  }))
  const isFiltered = computed(() => campaign.value !== null || stage.value !== null)
  const clear = () => change({ campaign: undefined, stage: undefined })

  return { campaign, stage, order, call, filter, isFiltered, clear }
}
