import { ref, shallowRef } from 'vue'

/** The list or tag that is renamed or about to be deleted; none: a new one is named. */
export function useChosenGroup<Group>() {
  const chosen = shallowRef<Group | null>(null)
  const isNaming = ref(false)
  const isDeleting = ref(false)

  function name(group: Group | null) {
    chosen.value = group
    isNaming.value = true
  }

  function askToDelete(group: Group) {
    chosen.value = group
    isDeleting.value = true
  }

  return { chosen, isNaming, isDeleting, name, askToDelete }
}
