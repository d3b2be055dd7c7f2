import { computed } from 'vue'
import { useAddressFilter } from '~/composables/useAddressFilter'
import { useNow } from '~/composables/useNow'
import { useAccountStore } from '~/stores/accountStore'
import { lastDays, type Period } from '~~/business/models/ledger.ts'
import { dayOf, localOf } from '~~/business/models/localTime.ts'
import { queryOfRange, rangeOf, readRange, type RangeName } from '~~/business/models/reportRange.ts'

/** The days that are looked at, kept in the address; they are those of the account's own calendar. */
export function useReportRange() {
  const accounts = useAccountStore()
  const now = useNow()
  const { conditions: choice, go } = useAddressFilter({ read: readRange, write: queryOfRange })

  const timeZone = computed(() => accounts.account?.time_zone ?? 'UTC')
  const today = computed(() => dayOf(localOf(now.value, timeZone.value)))
  const range = computed(() => rangeOf(choice.value, today.value))
  const setDays = (days: Period) => go({ name: 'custom', days })

  return {
    today,
    timeZone,
    range,
    setDays,
    /** Days of one's own begin with those that were looked at. */
    choose: (name: RangeName) => (name === 'custom' ? setDays(range.value.days ?? lastDays(30, today.value)) : go({ name })),
    /** The same for another page. */
    query: computed(() => queryOfRange(choice.value)),
  }
}
