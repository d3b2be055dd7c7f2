import { useI18n } from 'vue-i18n'
import { useAccountStore } from '~/stores/accountStore'
import { formatDate, formatDateTime, formatWeekdayTime } from '~/utils/format'
import { zoneName } from '~/utils/timeZones'
import type { Campaign } from '~~/business/models/campaign.ts'
import { useWaitText } from './useWaitText'

/** One sentence for a list: what comes next, or how it ended. Empty where there is nothing to say. */
export function useNextText() {
  const { t } = useI18n()
  const accounts = useAccountStore()
  const waitText = useWaitText()
  const zone = () => accounts.account?.time_zone ?? 'UTC'

  /** A full line is how a busy campaign looks: while calls are under way they are the news. */
  function runningText(campaign: Campaign): string {
    const { sentence, underWay, level } = waitText(campaign)
    if (campaign.wait_reason === 'window_closed' && campaign.next_at) return opensText(campaign.next_at, campaign.wait_facts.next_time_zone ?? zone())
    return (level === 'flow' && underWay) || sentence || underWay
  }

  /** By the clocks of those who are called first, because that is what a calling time means. */
  const opensText = (at: string, place: string) => t('campaigns.next.resumes', { at: formatWeekdayTime(at, place), place: zoneName(place) })

  return (campaign: Campaign): string => {
    const { status, launch_at, finished_at } = campaign
    if (status === 'scheduled' && launch_at) return t('campaigns.next.starts', { at: formatDateTime(launch_at, zone()) })
    if (status === 'active') return runningText(campaign)
    if (status === 'paused') return waitText(campaign).sentence
    if (status === 'draft' || !finished_at) return ''
    return t(`campaigns.next.${status === 'stopped' ? 'stopped' : 'finished'}`, { on: formatDate(finished_at, zone()) })
  }
}
