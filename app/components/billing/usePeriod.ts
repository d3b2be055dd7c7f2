import { computed } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { currentTime } from '~/composables/useNow'
import { useAccountStore } from '~/stores/accountStore'
import { lastDays, lengthOf, type Period } from '~~/business/models/ledger.ts'
import { dayOf, isDay, localOf } from '~~/business/models/localTime.ts'

const lengths = { week: 7, month: 30, quarter: 90 } as const
export const periodNames = ['week', 'month', 'quarter', 'custom'] as const
export type PeriodName = (typeof periodNames)[number]

/**
 * The days that are looked at, kept in the address; they are those of the account's own calendar. An address that names no days, or
 * more than can be shown, shows the usual ones.
 */
export function usePeriod({ maxDays = Infinity } = {}) {
  const route = useRoute()
  const router = useRouter()
  const accounts = useAccountStore()
  const replace = (query: Record<string, string | undefined>) => void router.replace({ query: { ...route.query, ...query } })

  const today = computed(() => dayOf(localOf(currentTime(), accounts.account?.time_zone ?? 'UTC')))
  const given = computed<Period | null>(() => {
    const { from, to } = route.query
    const asked = isDay(from) && isDay(to) && from <= to ? { from_day: from, to_day: to } : null
    return asked && lengthOf(asked) <= maxDays ? asked : null
  })
  const name = computed<PeriodName>({
    get: () => (given.value ? 'custom' : (periodNames.find((known) => known === route.query.period && known !== 'custom') ?? 'month')),
    set: (chosen) => {
      const { from_day, to_day } = period.value
      replace(chosen === 'custom' ? { from: from_day, to: to_day, period: undefined } : { from: undefined, to: undefined, period: chosen })
    },
  })
  const period = computed(() => given.value ?? lastDays(lengths[name.value === 'custom' ? 'month' : name.value], today.value))

  return { name, period, today, setDays: ({ from_day, to_day }: Period) => replace({ from: from_day, to: to_day }) }
}
