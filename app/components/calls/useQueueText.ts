import { useI18n } from 'vue-i18n'
import { useAccountStore } from '~/stores/accountStore'
import { formatDateTime, formatNumber } from '~/utils/format'
import type { CallQueue, QueuePlace, WaitingGroup } from '~~/business/models/callQueue.ts'

/** Words for the queue: what holds all of it, why somebody stands where they do, and when their turn comes. */
export function useQueueText() {
  const { t } = useI18n()
  const accounts = useAccountStore()
  const timeOf = (iso: string) => formatDateTime(iso, accounts.account?.time_zone ?? 'UTC')

  function holdText({ is_enabled, hold: { reason, at }, places }: CallQueue): string {
    if (!is_enabled) return t('call_queue.hold.switched_off')
    if (!reason) return places.some(({ when }) => when === 'next') ? t('call_queue.hold.none') : ''
    return t(`call_queue.hold.${reason}`, { at: at ? timeOf(at) : '' })
  }

  function whenText({ when, reason, at }: QueuePlace): string {
    if (when === 'next') return t('call_queue.when.next')
    if (at) return t('call_queue.when.later', { at: timeOf(at) })
    return t(`call_queue.when.${reason ?? 'turn'}`)
  }

  /** Short minutes, a spent budget and a held line may need somebody; all else goes on by itself. */
  function changeText({ reason, next_at }: Pick<WaitingGroup, 'reason' | 'next_at'>): string {
    if (next_at) return timeOf(next_at)
    return t(['no_minutes', 'budget'].includes(reason) ? 'call_queue.waiting.needs_help' : 'call_queue.waiting.by_itself')
  }

  return {
    callsText: ({ calls }: CallQueue) => t('call_queue.calls', { count: formatNumber(calls.in_flight), max: formatNumber(calls.max_calls) }),
    holdText,
    kindText: ({ kind, attempt_no }: QueuePlace) => t(`call_queue.kind.${kind}`, { attempt: attempt_no }),
    whenText,
    changeText,
  }
}
