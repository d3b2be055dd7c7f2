import { useI18n } from 'vue-i18n'
import { pauseReasons, type CampaignDetails, type PauseDetails } from '~~/business/models/campaign.ts'
import type { CampaignActivity } from '~~/business/models/campaignOverview.ts'
import { usePauseText } from './usePauseText'

/** What somebody did, or the campaign by itself, as the rest of a sentence that begins with their name. */
export function useActivityText(campaign: () => CampaignDetails) {
  const { t, te } = useI18n()
  const pauseText = usePauseText()

  return ({ verb, details }: CampaignActivity): string => {
    const name = verb.replace('campaign.', '').replace('.', '_')
    const reason = pauseReasons.find((known) => known === details.reason)
    if (name === 'paused_by_rule' && reason) return t('campaign_page.activity.verb.paused_by_rule', { why: pauseText(reason, details as PauseDetails) })
    if (name === 'changed') return t('campaign_page.activity.verb.changed', { what: (details.fields ?? []).map((field) => wordOf(field)).join(', ') })
    if (!te(`campaign_page.activity.verb.${name}`)) return name.replaceAll('_', ' ')
    return t(`campaign_page.activity.verb.${name}`, { version: details.version ?? '', assistant: campaign().assistant_name ?? '' })
  }

  function wordOf(field: string): string {
    const key = `campaign_page.activity.field.${field}`
    return te(key) ? t(key) : field
  }
}
