import { computed } from 'vue'
import { useI18n } from 'vue-i18n'
import { useAccountStore } from '~/stores/accountStore'
import { formatDate, formatDateTime, formatMoney, formatNumber } from '~/utils/format'
import { cardName, currencyOf, type Billing } from '~~/business/models/billing.ts'
import { ownAmount, priceOf, type AutoTopUpInput } from '~~/business/models/billingForm.ts'

/** What the automatic top-up will do, in one sentence, and why it does not do it now. */
export function useAutoTopUpText(billing: () => Billing, form: () => AutoTopUpInput) {
  const { t } = useI18n()
  const accounts = useAccountStore()

  const plan = computed(() => {
    const { is_on, threshold_minutes, what, amount_dollars, limit_dollars } = form()
    const { packs, payment_methods } = billing()
    const price = priceOf(packs, what, amount_dollars)
    const isComplete = price > 0 && threshold_minutes > 0 && limit_dollars > 0
    if (!is_on || !isComplete) return t(is_on ? 'billing.auto.incomplete' : 'billing.auto.off')
    const money = (cents: number) => formatMoney(cents, currencyOf(billing())).replace('.00', '')
    const pack = packs.find(({ id }) => id === what)
    const card = payment_methods.find(({ is_default }) => is_default)
    return t(what === ownAmount ? 'billing.auto.plan_amount' : 'billing.auto.plan', {
      threshold: formatNumber(threshold_minutes),
      minutes: formatNumber((pack?.seconds ?? 0) / 60),
      price: money(price),
      card: card ? cardName(card) : t('billing.auto.your_card'),
      limit: money(limit_dollars * 100),
    })
  })

  const state = computed(() => {
    const settings = billing().auto_top_up
    if (!settings) return null
    if (!settings.is_on && settings.off_reason && settings.off_reason !== 'person') return { tone: 'failure' as const, text: t(`billing.auto.off_reason.${settings.off_reason}`) }
    if (settings.is_on && settings.failures === 0 && settings.next_try_at) return { tone: 'attention' as const, text: t('billing.auto.limit_until', { day: dayOf(settings.next_try_at) }) }
    if (settings.is_on && settings.failures > 0) return { tone: 'attention' as const, text: failuresText(settings.failures, settings.next_try_at) }
    return null
  })

  const dayOf = (iso: string) => formatDate(iso, accounts.account?.time_zone ?? 'UTC')

  function failuresText(count: number, nextTryAt: string | null): string {
    const time = nextTryAt ? formatDateTime(nextTryAt, accounts.account?.time_zone ?? 'UTC') : ''
    return t(time ? 'billing.auto.failures_until' : 'billing.auto.failures', { count, time }, count)
  }

  return { plan, state }
}
