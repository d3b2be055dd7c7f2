import { useI18n } from 'vue-i18n'
import { isSentence, reasonKeyOf } from './endedReasons'

/** Says in words why a call ended, wherever a reason is shown: on the call, on the contact's row, at a paused campaign. */
export function useReasonText() {
  const { t } = useI18n()
  return (reason: string): string => {
    if (isSentence(reason)) return reason
    const key = reasonKeyOf(reason)
    return key ? t(`calls.reason.${key}`) : t('calls.reason.other', { reason })
  }
}
