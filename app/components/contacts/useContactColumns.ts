import { computed, ref, watch } from 'vue'

/** What a row can show beside the name. Of these a person chooses; the choice is this browser's. */
export const contactColumns = [
  'phone', 'kind', 'email', 'company', 'tags', 'lists', 'time_zone', 'locale', 'segment', 'status', 'last_call', 'next_attempt', 'added',
] as const
export type ContactColumn = (typeof contactColumns)[number]

const key = 'outdial-contact-columns'
const usual: ContactColumn[] = ['phone', 'tags', 'time_zone', 'status', 'added']

export function useContactColumns() {
  const chosen = ref(read())
  watch(chosen, (columns) => localStorage.setItem(key, columns.join(',')))

  return {
    chosen,
    isUsual: computed(() => chosen.value.join() === usual.join()),
    toggle: (column: ContactColumn, isOn: boolean) =>
      (chosen.value = contactColumns.filter((other) => (other === column ? isOn : chosen.value.includes(other)))),
    reset: () => (chosen.value = usual),
  }
}

function read(): ContactColumn[] {
  const stored = localStorage.getItem(key)
  return stored === null ? usual : contactColumns.filter((column) => stored.split(',').includes(column))
}
