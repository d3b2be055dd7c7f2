import { useI18n } from 'vue-i18n'
import { useAccountStore } from '~/stores/accountStore'
import { formatDateTime, formatDuration, formatNumber, formatTime } from '~/utils/format'
import { zoneName } from '~/utils/timeZones'
import type { Enrolment, Gate } from '~~/business/models/enrolment.ts'

const instant = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d/

/** Words for what is asked before a dial, and for what was found. */
export function useGateText(enrolment: () => Pick<Enrolment, 'time_zone'>) {
  const { t, te } = useI18n()
  const accounts = useAccountStore()

  /** In the account's zone, with the contact's beside it where they differ. */
  function momentOf(iso: string): string {
    const own = accounts.account?.time_zone ?? 'UTC'
    const zone = enrolment().time_zone
    const here = formatDateTime(iso, own)
    return zone && zone !== own ? t('campaigns.explain.moment', { here, there: formatTime(iso, zone), zone: zoneName(zone) }) : here
  }

  /** Facts as people read them: seconds as minutes, times in both zones, lists in a row. */
  function wordOf(name: string, fact: unknown): string {
    if (fact === null || fact === undefined) return ''
    if (Array.isArray(fact)) return fact.map((item) => wordOf(name, item)).join(', ')
    if (typeof fact === 'number') return name.endsWith('_seconds') ? formatDuration(fact) : formatNumber(fact)
    const key = `campaigns.gate_fact.${name}.${String(fact)}`
    if (te(key)) return t(key)
    return typeof fact === 'string' && instant.test(fact) ? momentOf(fact) : String(fact)
  }

  const labelOf = (gate: string): string => (te(`campaigns.gate.${gate}.label`) ? t(`campaigns.gate.${gate}.label`) : gate.replaceAll('_', ' '))

  /** Empty where the label says all. */
  function sentenceOf({ gate, passes, facts }: Gate): string {
    const key = `campaigns.gate.${gate}.${passes ? 'open' : 'closed'}`
    if (!te(key)) return ''
    const words = Object.fromEntries(Object.entries(facts).map(([name, fact]) => [name, wordOf(name, fact)]))
    return t(key, words)
  }

  return { labelOf, sentenceOf, momentOf }
}
