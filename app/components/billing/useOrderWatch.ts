import { useQuery } from '@pinia/colada'
import { useIntervalFn } from '@vueuse/core'
import { computed, ref, watch } from 'vue'
import { useAccountStore } from '~/stores/accountStore'
import { useBillingStore } from '~/stores/billingStore'
import { isUnsettled } from '~~/business/models/order.ts'

const everyMs = 2_000
/** The provider's word usually comes within a second; after these many looks it is asked, and again each time as many more have passed. */
const looksBeforeAsking = 3
const looksBetweenAsking = 8
/** From then on nobody needs to wait in front of the page. */
const looksUntilSlow = 15

/**
 * Follows an order to its end: by the live channel of the account, by looking, and for somebody who comes from the payment
 * page by having the provider asked. What the address says is never believed: only events make an order paid.
 */
export function useOrderWatch(orderId: string, isBackFromPaying: () => boolean) {
  const store = useBillingStore()
  const accounts = useAccountStore()
  const looks = ref(0)
  const query = useQuery({ key: () => ['billing', accounts.currentId ?? '', 'order', orderId], query: () => store.getOrder(orderId) })

  const isOpen = computed(() => (query.data.value ? isUnsettled(query.data.value) : !query.error.value))
  const timer = useIntervalFn(look, everyMs)
  watch(isOpen, (open) => (open ? timer.resume() : timer.pause()))
  watch(() => query.data.value?.status, (status, before) => status === 'paid' && before && void store.refresh())

  function look() {
    looks.value += 1
    void query.refetch()
    const isTime = looks.value === looksBeforeAsking || looks.value % looksBetweenAsking === 0
    // A check that fails changes nothing: the next look finds what happened, the next check asks again.
    if (isTime && isBackFromPaying()) void store.checkOrder(orderId).catch(() => undefined)
  }

  return { ...query, isSlow: computed(() => looks.value >= looksUntilSlow) }
}
