/** A dialog that asks something starts in its first field; by itself the focus would go to the closing cross. */
export function focusFirstField(event: Event) {
  const field = (event.target as HTMLElement).querySelector<HTMLElement>(
    'input:not([type="hidden"], [type="file"], :disabled), textarea:not(:disabled), [role="combobox"]:not(:disabled)',
  )
  if (!field) return
  event.preventDefault()
  field.focus()
}
