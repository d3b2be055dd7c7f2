import { computed } from 'vue'
import { useI18n } from 'vue-i18n'
import type { CampaignDetails, CampaignSetting } from '~~/business/models/campaign.ts'
import type { RetryRule } from '~~/business/models/retryRules.ts'
import type { CampaignFormHandle } from './campaignFormHandle'
import { useCapTexts, useDaysText } from './useCampaignFacts'
import { useRetryText } from './useRetryText'

/** What the folded parts of the campaign form say of themselves, and which of them cannot be changed now. */
export function useCampaignSections(form: CampaignFormHandle, campaign: () => CampaignDetails | null) {
  const { t } = useI18n()
  const { ruleText } = useRetryText()
  const capTexts = useCapTexts()
  const spanText = useDaysText()

  const isEditable = (setting: CampaignSetting) => campaign()?.editable.includes(setting) ?? true
  const locked = computed(() => new Set<string>(settings.filter((setting) => !isEditable(setting))))
  /** The database says what may change; the words say what the person can do about it. */
  function lockedText(...settings: CampaignSetting[]): string | null {
    const name = settings.find((setting) => locked.value.has(setting))
    if (!name) return null
    if (campaign()?.status !== 'active') return t('campaigns.locked.started')
    return t('campaigns.locked.running', { what: t(`campaigns.locked.what.${name}`) })
  }

  function daysText(): string[] {
    const { starts_on, ends_on, blackout_dates } = form.values
    const span = spanText(starts_on, ends_on)
    const off = t('campaigns.days.count', { count: blackout_dates.length }, blackout_dates.length)
    return [span ? `${span}.` : t('campaigns.days.no_end'), off]
  }

  function limitsText(): string[] {
    const { failure_limit_percent, opt_out_limit_percent } = form.values
    const caps = capTexts(form.values)
    const guard = t('campaigns.limits.guard', { failures: failure_limit_percent, opt_outs: opt_out_limit_percent })
    return [caps.length > 0 ? `${caps.join(', ')}.` : t('campaigns.limits.account_only'), guard]
  }

  const summaries = computed(() => ({
    days: daysText(),
    retries: (form.values.retries as RetryRule[]).map(ruleText),
    limits: limitsText(),
  }))

  /** Fields of lists are named after their list: retries[0].delays_minutes. */
  const hasError = (...names: string[]) => names.some((name) => [name, ...fieldsBelow(form, name)].some((field) => form.errorOf(field) !== null))

  return { locked, lockedText, summaries, hasError }
}

const settings: CampaignSetting[] = ['name', 'description', 'assistant_id', 'purpose', 'priority', 'time_zone', 'max_attempts', 'retries', 'windows', 'blackout_dates',
  'category', 'prompt', 'voice_id', 'language', 'record_calls', 'qualification', 'uses_preferred_assistants', 'call_order', 'starts_at', 'ends_at', 'concurrency_max', 'daily_cap', 'budget_seconds', 'failure_limit_percent', 'opt_out_limit_percent']

function fieldsBelow(form: CampaignFormHandle, name: string): string[] {
  const list = form.valueOf(name)
  if (!Array.isArray(list)) return []
  return list.flatMap((item: object, index) => Object.keys(item).map((field) => `${name}[${index}].${field}`))
}
