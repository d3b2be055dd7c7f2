import { computed, ref, watch } from 'vue'

/** Which columns of a table are shown. Of all there are a person chooses; the choice is this browser's, kept under the key. */
export function useColumnChoice<Column extends string>(key: string, all: readonly Column[], usual: Column[]) {
  const chosen = ref(read()) as { value: Column[] }
  watch(() => chosen.value, (columns) => localStorage.setItem(key, columns.join(',')))

  function read(): Column[] {
    const stored = localStorage.getItem(key)
    return stored === null ? usual : all.filter((column) => stored.split(',').includes(column))
  }

  return {
    chosen: computed(() => chosen.value),
    isUsual: computed(() => chosen.value.join() === usual.join()),
    toggle: (column: Column, isOn: boolean) => (chosen.value = all.filter((other) => (other === column ? isOn : chosen.value.includes(other)))),
    reset: () => (chosen.value = usual),
  }
}
