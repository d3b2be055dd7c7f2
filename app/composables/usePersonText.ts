import { useI18n } from 'vue-i18n'
import { formatPhone } from '~/utils/formatPhone'

interface Person {
  name?: string | null
  /** Used where there is no name. */
  company?: string
  /** '' once the person was erased. */
  phone: string
}

/** Whom a row is about: by name, else company or number; of somebody who was erased there is nothing to say but that. */
export function usePersonText() {
  const { t } = useI18n()
  return ({ name, company, phone }: Person) => name || company || formatPhone(phone) || t('contacts.erase.name')
}
