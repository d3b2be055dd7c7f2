import { useI18n } from 'vue-i18n'
import { useNow } from '~/composables/useNow'
import { useAccountStore } from '~/stores/accountStore'
import { formatDateTime, formatDuration, formatNumber } from '~/utils/format'
import { zoneName } from '~/utils/timeZones'
import type { Campaign } from '~~/business/models/campaign.ts'
import { usePauseText } from './usePauseText'

export interface WaitText {
  /** Why nobody new is dialled now and what ends that; empty while it dials. */
  sentence: string
  /** How many calls are under way; empty when none is. */
  underWay: string
  /** help: it stays so until somebody acts. rest: it goes on by itself at a time of its own. flow: with the next free slot. */
  level: 'help' | 'rest' | 'flow'
}

const helpless = ['no_minutes', 'line_held', 'budget', 'account_held']
const passing = ['no_slot', 'line_full', 'in_other_call']

/** Minutes that running calls hold come back when they end: that needs nobody's help. */
const isHeld = ({ wait_reason, counters }: Campaign) => wait_reason === 'no_minutes' && counters.calling > 0

/** Words for what a campaign does now, wherever it is shown. */
export function useWaitText() {
  const { t } = useI18n()
  const accounts = useAccountStore()
  const ruleText = usePauseText()
  const now = useNow()
  const timeOf = (iso: string) => formatDateTime(iso, accounts.account?.time_zone ?? 'UTC')

  function levelOf(campaign: Campaign): WaitText['level'] {
    const { wait_reason, pause_reason } = campaign
    if (pause_reason || (helpless.includes(wait_reason ?? '') && !isHeld(campaign))) return 'help'
    return campaign.status === 'active' && (isHeld(campaign) || passing.includes(wait_reason ?? '')) ? 'flow' : 'rest'
  }

  function sentenceOf(campaign: Campaign): string {
    const { wait_reason, wait_facts, next_at, counters } = campaign
    if (isHeld(campaign)) return t('campaigns.wait.minutes_held')
    if (wait_reason === 'no_minutes') {
      return t('campaigns.wait.no_minutes', { left: formatDuration(wait_facts.spendable_seconds), needed: formatDuration(wait_facts.needed_seconds) })
    }
    if (wait_reason === 'window_closed' && next_at) return t('campaigns.wait.window_closed', { at: timeOf(next_at), zone: zoneName(wait_facts.next_time_zone ?? '') })
    if (wait_reason === 'line_held' && wait_facts.hold_until) return t('campaigns.wait.line_held', { at: timeOf(wait_facts.hold_until) })
    if (wait_reason) return t(`campaigns.wait.${wait_reason}`)
    const isResting = counters.waiting > 0 && counters.calling === 0 && next_at !== null && Date.parse(next_at) > now.value.getTime()
    return isResting ? t('campaigns.wait.next_attempt', { at: timeOf(next_at) }) : ''
  }

  function pausedSentence({ pause_reason, pause_details }: Campaign): string {
    return pause_reason ? ruleText(pause_reason, pause_details) : t('campaigns.wait.paused')
  }

  return (campaign: Campaign): WaitText => {
    const { status, counters: { calling } } = campaign
    return {
      sentence: status === 'paused' ? pausedSentence(campaign) : status === 'active' ? sentenceOf(campaign) : '',
      underWay: calling > 0 ? t('campaigns.under_way', { count: formatNumber(calling) }, calling) : '',
      level: levelOf(campaign),
    }
  }
}
