import { useI18n } from 'vue-i18n'
import { delayBefore, type RetryRule } from '~~/business/models/retryRules.ts'

/** Words for how a contact is tried again, in the form and wherever a campaign is described. */
export function useRetryText() {
  const { t } = useI18n()

  /** "10 min", "4 hours", "1 day". */
  function waitText(minutes: number): string {
    if (minutes % 1440 === 0) return t('campaigns.wait_for.days', { count: minutes / 1440 }, minutes / 1440)
    if (minutes % 60 === 0) return t('campaigns.wait_for.hours', { count: minutes / 60 }, minutes / 60)
    return t('campaigns.wait_for.minutes', { count: minutes })
  }

  function ruleText(rule: RetryRule): string {
    const outcome = t(`calls.outcome.${rule.outcome}`)
    if (rule.retries === 0) return t('campaigns.retries.never', { outcome })
    const waits = Array.from({ length: rule.retries }, (_, index) => waitText(delayBefore(rule, index)))
    const [last] = waits.slice(-1)
    const list = waits.length === 1 ? last : t('campaigns.retries.list', { first: waits.slice(0, -1).join(', '), last })
    const times = t('campaigns.retries.again', { outcome, count: rule.retries, waits: list }, rule.retries)
    return rule.shifts_day_part ? `${times}, ${t('campaigns.retries.other_part')}.` : `${times}.`
  }

  return { waitText, ruleText }
}
