import { computed, ref, watch } from 'vue'
import type { Contact, ContactSelection } from '~~/business/models/contact.ts'
import type { ContactConditions } from '~~/business/models/contactFilter.ts'

/** Who is picked: some, page by page, or all whom the filter finds. Another filter finds others, so it ends the selection. */
export function useContactSelection(accountId: () => string, conditions: () => ContactConditions, total: () => number | null) {
  const ids = ref<ReadonlySet<string>>(new Set())
  const isAll = ref(false)
  watch(() => JSON.stringify(conditions()), clear)

  function clear() {
    ids.value = new Set()
    isAll.value = false
  }

  function set(rows: Pick<Contact, 'id'>[], isOn: boolean) {
    const next = new Set(ids.value)
    for (const { id } of rows) if (isOn) next.add(id)
    else next.delete(id)
    ids.value = next
    isAll.value = false
  }

  return {
    isAll,
    /** null: all, and they are more than anybody counts. */
    count: computed(() => (isAll.value ? total() : ids.value.size)),
    has: (id: string) => isAll.value || ids.value.has(id),
    /** Of the rows on the page. */
    stateOf: (rows: Pick<Contact, 'id'>[]): boolean | 'indeterminate' => {
      const some = rows.filter(({ id }) => isAll.value || ids.value.has(id)).length
      return some === 0 ? false : some === rows.length ? true : 'indeterminate'
    },
    selection: computed<ContactSelection | null>(() => {
      if (isAll.value) return { account_id: accountId(), filter: conditions() }
      return ids.value.size > 0 ? { account_id: accountId(), contact_ids: [...ids.value] } : null
    }),
    set,
    selectAll: () => (isAll.value = true),
    clear,
  }
}

export type SelectedContacts = ReturnType<typeof useContactSelection>
