import { useQuery } from '@pinia/colada'
import { computed } from 'vue'
import { useAccountStore } from '~/stores/accountStore'
import { useBillingStore } from '~/stores/billingStore'
import { currencyOf } from '~~/business/models/billing.ts'

/** Wallet, packs, cards and settings of the current account, read once for every part that shows some of them. */
export function useBilling() {
  const store = useBillingStore()
  const accounts = useAccountStore()
  return useQuery({ key: () => ['billing', accounts.currentId ?? '', 'overview'], query: store.get })
}

/** What the account pays in. */
export function useCurrency() {
  const { data } = useBilling()
  return computed(() => currencyOf(data.value))
}
