import { onKeyStroke } from '@vueuse/core'

/** Where a key means itself: fields, lists one types in to find something, and whatever stands over the page. */
const takesKeys = 'input:not([type=range]), textarea, select, [contenteditable], [role=combobox], [role=listbox], [role=menu], [role=dialog], [role=alertdialog]'
/** What the space bar presses. */
const pressable = 'button, a, summary, [role=button]'

/** A single key that does something on this page, while nobody types and no dialog is open. */
export function useShortcut(key: string, run: () => void) {
  onKeyStroke(key, (event) => {
    const target = event.target instanceof Element ? event.target : null
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || target?.closest(takesKeys)) return
    if (key === ' ' && target?.closest(pressable)) return
    event.preventDefault()
    run()
  })
}
