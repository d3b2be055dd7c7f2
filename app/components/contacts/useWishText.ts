import { useI18n } from 'vue-i18n'
import { formatClock } from '~/utils/format'
import type { ContactWish } from '~~/business/models/contact.ts'

/** A contact's own wish in words: "Mon, Wed, 5:00 PM–7:00 PM". Empty where there is none. */
export function useWishText() {
  const { t } = useI18n()
  return (wish: ContactWish | null): string => {
    const days = wish?.days?.map((day) => t(`campaigns.day.${day}`)).join(', ')
    const hours = wish?.from && wish.until ? t('contacts.wish.hours', { from: formatClock(wish.from), until: formatClock(wish.until) }) : ''
    return [days, hours].filter(Boolean).join(', ')
  }
}
