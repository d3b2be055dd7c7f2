import { computed } from 'vue'
import { useAddressFilter } from '~/composables/useAddressFilter'
import { narrowingOfCalls, queryOfCalls, readCallConditions, type CallConditions } from '~~/business/models/callFilter.ts'

/** Which calls the log shows; on a campaign's page only its own, which is no choice there. */
export function useCallFilter(campaignId: () => string | undefined) {
  const { conditions: chosen, go } = useAddressFilter({ read: readCallConditions, write: queryOfCalls })
  const fixed = () => (campaignId() === undefined ? {} : { campaign_id: campaignId() })
  const without = ({ campaign_id, ...others }: CallConditions): CallConditions => (campaignId() === undefined ? { campaign_id, ...others } : others)
  const open = computed(() => without(chosen.value))

  return {
    conditions: computed(() => ({ ...open.value, ...fixed() })),
    /** Those that the person chose, besides the search, which has its own field. */
    narrowing: computed(() => narrowingOfCalls(open.value)),
    change: (part: CallConditions) => go({ ...open.value, ...part }),
    clear: () => go({}),
  }
}
