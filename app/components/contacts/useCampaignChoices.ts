import { useQuery } from '@pinia/colada'
import { computed } from 'vue'
import { useAccountStore } from '~/stores/accountStore'
import { useCampaignStore } from '~/stores/campaignStore'

/** The account's campaigns, read when somebody wants to choose one or to read its name. */
export function useCampaignChoices(isWanted: () => boolean) {
  const accounts = useAccountStore()
  const store = useCampaignStore()
  const { data } = useQuery({ key: () => ['campaigns', accounts.currentId ?? '', 'names'], query: () => store.listNames(), enabled: isWanted })
  return { campaigns: computed(() => data.value ?? []), isKnown: computed(() => data.value !== undefined) }
}
