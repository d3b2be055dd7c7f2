import { useI18n } from 'vue-i18n'
import { formatClock, formatDay, formatNumber } from '~/utils/format'
import { endsNextDay, weekOf, type DaySpan } from '~~/business/models/callingWeek.ts'
import type { CampaignDetails } from '~~/business/models/campaign.ts'
import { dayOf, lastDayBefore } from '~~/business/models/localTime.ts'
import { completeRetries } from '~~/business/models/retryRules.ts'
import { useRetryText } from './useRetryText'
import { useWordsText } from './useWordsText'

export interface CampaignFact {
  label: string
  lines: string[]
  /** Smaller, below. */
  notes?: string[]
}

/** Words for what a campaign was told to do: when, how often, how much. */
export function useCampaignFacts() {
  const { t } = useI18n()
  const { ruleText } = useRetryText()
  const hoursText = useHoursText()
  const spanText = useDaysText()
  const capTexts = useCapTexts()
  const wordsText = useWordsText()

  function times({ windows }: CampaignDetails): CampaignFact {
    const lines = weekOf(windows).map(hoursText)
    return lines.length > 0
      ? { label: t('campaigns.facts.times'), lines, notes: [t('campaigns.facts.times_hint')] }
      : { label: t('campaigns.facts.times'), lines: [t('campaigns.facts.no_times')] }
  }

  function days({ starts_at, ends_at, blackout_dates }: CampaignDetails): string[] {
    const span = spanText(starts_at ? dayOf(starts_at) : '', ends_at ? lastDayBefore(ends_at) : '')
    const off = blackout_dates.length > 0 ? t('campaigns.days.count', { count: blackout_dates.length }, blackout_dates.length) : ''
    return [span, off].filter(Boolean)
  }

  return (campaign: CampaignDetails): CampaignFact[] => {
    const { max_attempts, retries, budget_seconds, call_order } = campaign
    const within = [...days(campaign), ...capTexts({ ...campaign, budget_minutes: budget_seconds && Math.ceil(budget_seconds / 60) })]
    return [
      times(campaign),
      {
        label: t('campaigns.facts.attempts'),
        lines: [t('campaigns.facts.attempts_value', { count: max_attempts })],
        notes: completeRetries(retries).filter((rule) => rule.retries > 0).map(ruleText),
      },
      { label: t('campaigns.facts.limits'), lines: within.length > 0 ? within : [t('campaigns.limits.account_only')], notes: call_order === 'random' ? [t('campaigns.facts.random')] : [] },
      { label: t('campaigns.words.title'), lines: wordsText(campaign) },
    ]
  }
}

/** From which day to which, where either may be missing. */
export function useDaysText() {
  const { t } = useI18n()
  return (from: string, until: string): string => {
    const days = { from: from && formatDay(from), until: until && formatDay(until) }
    return from && until ? t('campaigns.days.span', days) : from ? t('campaigns.days.from', days) : until ? t('campaigns.days.until', days) : ''
  }
}

export function useHoursText() {
  const { t } = useI18n()
  return ({ from, to, opens_at, closes_at }: DaySpan): string => {
    const isAllDay = opens_at === '00:00' && closes_at === '24:00'
    if (isAllDay && from === 1 && to === 7) return t('campaigns.facts.any_time')
    const days = from === to ? t(`campaigns.day.${from}`) : `${t(`campaigns.day.${from}`)}–${t(`campaigns.day.${to}`)}`
    if (isAllDay) return `${days}, ${t('campaigns.facts.all_day')}`
    const hours = `${days}, ${formatClock(opens_at)}–${formatClock(closes_at)}`
    return endsNextDay({ opens_at, closes_at }) ? `${hours} ${t('campaigns.window.next_day')}` : hours
  }
}

interface Caps {
  concurrency_max: number | null
  daily_cap: number | null
  budget_minutes: number | null
}

/** The caps a campaign has of its own, each in words. */
export function useCapTexts() {
  const { t } = useI18n()
  return ({ concurrency_max, daily_cap, budget_minutes }: Caps): string[] => {
    const caps = [
      concurrency_max && t('campaigns.limits.at_once', { count: formatNumber(concurrency_max) }, concurrency_max),
      daily_cap && t('campaigns.limits.a_day', { count: formatNumber(daily_cap) }, daily_cap),
      budget_minutes && t('campaigns.limits.budget', { count: formatNumber(budget_minutes) }, budget_minutes),
    ]
    return caps.filter((cap): cap is string => Boolean(cap))
  }
}
