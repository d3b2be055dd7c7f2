import { useI18n } from 'vue-i18n'
import type { Order } from '~~/business/models/order.ts'

const known = ['authentication_required', 'card_declined', 'expired_card', 'insufficient_funds', 'incorrect_cvc', 'processing_error'] as const

/** Why a payment was refused, in words; the bank's own sentence where we have none. */
export function useFailureText() {
  const { t } = useI18n()
  return ({ failure_code, failure_message }: Pick<Order, 'failure_code' | 'failure_message'>): string => {
    const code = known.find((name) => name === failure_code)
    return code ? t(`billing.failure.${code}`) : failure_message || t('billing.failure.other')
  }
}
