import { useI18n } from 'vue-i18n'
import type { ContactWish } from '~~/business/models/contact.ts'

/** A contact's own wish in words: "Mon, Wed, 17:00–19:00". Empty where there is none. */
export function useWishText() {
  const { t } = useI18n()
  return (wish: ContactWish | null): string => {
    const days = wish?.days?.map((day) => t(`campaigns.day.${day}`)).join(', ')
    const hours = wish?.from && wish.until ? t('contacts.wish.hours', { from: wish.from, until: wish.until }) : ''
    return [days, hours].filter(Boolean).join(', ')
  }
}
