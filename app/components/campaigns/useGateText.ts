import { useI18n } from 'vue-i18n'
import { useAccountStore } from '~/stores/accountStore'
import { formatClock, formatDateTime, formatDuration, formatNumber, formatTime } from '~/utils/format'
import { zoneName } from '~/utils/timeZones'
import type { Enrolment, Gate } from '~~/business/models/enrolment.ts'
import { regionName } from '~~/business/models/region.ts'
import { useRetryText } from './useRetryText'

/** The fact without which there is nothing to say: a limit that is not set, a consent that nobody needs. */
const needs: Record<string, string> = {
  consent: 'needed_consent', campaign_slots: 'max_calls', account_slots: 'max_calls', line_slots: 'max_calls', campaign_daily_cap: 'max_calls',
  account_daily_cap: 'max_calls', budget: 'budget_seconds', line: 'reason', window: 'local_time',
}

/** Words for what is asked before a dial, and for what was found. */
export function useGateText(enrolment: () => Pick<Enrolment, 'time_zone'>) {
  const { t, te } = useI18n()
  const accounts = useAccountStore()
  const { waitText } = useRetryText()

  /** In the account's zone, with the contact's beside it where they differ. */
  function momentOf(iso: string): string {
    const own = accounts.account?.time_zone ?? 'UTC'
    const zone = enrolment().time_zone
    const here = formatDateTime(iso, own)
    return zone && zone !== own ? t('campaigns.explain.moment', { here, there: formatTime(iso, zone), zone: zoneName(zone) }) : here
  }

  /** Facts as people read them: seconds as minutes, days and codes as words, lists in a row. */
  function wordOf(gate: string, name: string, fact: unknown): string {
    if (Array.isArray(fact)) return fact.map((item) => wordOf(gate, name, item)).join(', ')
    if (name === 'time_zone') return zoneName(String(fact))
    if (name === 'region') return regionName(String(fact))
    if (name === 'days') return t(`campaigns.day.${Number(fact)}`)
    if (name === 'gap_seconds') return waitText(Math.ceil(Number(fact) / 60))
    if (name === 'local_time') return formatClock(String(fact))
    if (typeof fact === 'number') return name.endsWith('_seconds') ? formatDuration(fact) : formatNumber(fact)
    const keys = [`campaigns.gate_fact.${gate}.${name}.${String(fact)}`, `campaigns.gate_fact.${name}.${String(fact)}`]
    const key = keys.find((known) => te(known))
    return key ? t(key) : String(fact)
  }

  const labelOf = (gate: string): string => (te(`campaigns.gate.${gate}.label`) ? t(`campaigns.gate.${gate}.label`) : gate.replaceAll('_', ' '))

  /** Empty where the label says all. */
  function sentenceOf({ gate, passes, facts }: Gate): string {
    const key = `campaigns.gate.${gate}.${passes ? 'open' : 'closed'}`
    const need = needs[gate]
    if (!te(key) || (need && facts[need] === undefined)) return ''
    const words = Object.fromEntries(Object.entries(facts).map(([name, fact]) => [name, wordOf(gate, name, fact)]))
    return [t(key, words), lawsOf(facts)].filter(Boolean).join(' ')
  }

  function lawsOf({ laws }: Gate['facts']): string {
    if (!Array.isArray(laws) || laws.length === 0) return ''
    return t('campaigns.gate.window.laws', { laws: laws.join(', ') })
  }

  return { labelOf, sentenceOf, momentOf }
}
