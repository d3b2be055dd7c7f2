import { useQuery } from '@pinia/colada'
import { computed } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { useCampaignChoices } from '~/components/contacts/useCampaignChoices'
import { useAccountOf } from '~/composables/useAccountSwitch'
import { useAccountStore } from '~/stores/accountStore'
import { useCampaignStore } from '~/stores/campaignStore'
import { AppError } from '~~/business/models/appError.ts'
import { idOf } from '~~/business/models/queryValues.ts'

/**
 * For pages whose address may name a campaign: a link to one of another account of the same person opens in that account, as the campaign's
 * own page does. isMissing: nobody can show it to this person.
 */
export function useCampaignOfLink() {
  const route = useRoute()
  const router = useRouter()
  const accounts = useAccountStore()
  const store = useCampaignStore()
  const campaignId = computed(() => idOf(route.query.campaign))
  const { campaigns, isKnown } = useCampaignChoices(() => campaignId.value !== undefined)
  const isElsewhere = computed(() => campaignId.value !== undefined && isKnown.value && !campaigns.value.some(({ id }) => id === campaignId.value))
  const { data, error } = useQuery({
    key: () => ['campaigns', accounts.currentId ?? '', campaignId.value ?? '', 'details'],
    query: () => store.get(campaignId.value ?? ''),
    enabled: isElsewhere,
  })
  useAccountOf(() => (isElsewhere.value ? data.value : undefined))

  return {
    isMissing: computed(() => isElsewhere.value && error.value instanceof AppError && error.value.code === 'not_found'),
    leave: () => void router.replace({ query: { ...route.query, campaign: undefined } }),
  }
}
