import { useColumnChoice } from '~/composables/useColumnChoice'

/** What a row can show beside the name. */
export const contactColumns = [
  'phone', 'kind', 'email', 'company', 'tags', 'lists', 'time_zone', 'locale', 'segment', 'status', 'last_call', 'next_attempt', 'added',
] as const
export type ContactColumn = (typeof contactColumns)[number]

export const useContactColumns = () => useColumnChoice<ContactColumn>('outdial-contact-columns', contactColumns, ['phone', 'tags', 'time_zone', 'status', 'added'])
