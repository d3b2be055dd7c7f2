import { useIntervalFn } from '@vueuse/core'
import { computed, ref } from 'vue'
import { useBillingStore } from '~/stores/billingStore'

const everyMs = 2_000
const mostLooks = 15
/** A card that is there already may be the one: then nobody is kept waiting for another. */
const looksWithCard = 3

/** After the provider's page kept a card, its event brings it here: looked for until it is there, a little longer than it takes. */
export function useAddedCard(wasAdded: () => boolean, count: () => number) {
  const store = useBillingStore()
  const before = count()
  const looks = ref(0)
  const isComing = computed(() => wasAdded() && count() <= before && looks.value < (before > 0 ? looksWithCard : mostLooks))
  useIntervalFn(() => {
    if (!isComing.value) return
    looks.value += 1
    void store.refresh()
  }, everyMs)
  return isComing
}
