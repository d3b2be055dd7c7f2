import { useI18n } from 'vue-i18n'
import { topUpPlace } from '~/components/shared/menu'
import { usePermissions } from '~/composables/usePermissions'
import type { Notice, Notification } from '~~/business/models/notice.ts'

/** Where something can be done about a notice, and what the way there is called; null where the person can do nothing. */
export function useNoticePlace() {
  const { t } = useI18n()
  const { can } = usePermissions()

  function billingPlace({ kind, details }: Notice): { to: string, label: string } {
    if (kind === 'auto_top_up_failed' && details.order_id) return { to: `/billing?pay=${details.order_id}`, label: t('notices.pay') }
    if (kind === 'payment_disputed' || kind === 'payment_failed') return { to: '/billing/orders', label: t('notices.look') }
    if (kind === 'auto_top_up_failed' || kind === 'auto_top_up_off') return { to: '/billing/settings', label: t('notices.look') }
    return { to: topUpPlace, label: t('notices.top_up') }
  }

  return (notice: Notice | Notification) => {
    if ('import_id' in notice && notice.import_id) return { to: `/contacts/imports/${notice.import_id}`, label: t('notices.look') }
    if (notice.campaign_id) return { to: `/campaigns/${notice.campaign_id}`, label: t('notices.look') }
    if (notice.kind === 'account_suspended' || notice.kind === 'account_closed') return { to: '/settings/account', label: t('notices.look') }
    if (notice.kind === 'deletions_failed') return { to: '/settings/privacy', label: t('notices.look') }
    if (notice.kind === 'provider_refused') return { to: '/settings/provider', label: t('notices.look') }
    return can('billing.manage') ? billingPlace(notice) : null
  }
}
