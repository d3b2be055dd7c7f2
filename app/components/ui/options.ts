/** One line to pick in a Select, Combobox or RadioGroup. */
export interface Option {
  value: string
  label: string
  description?: string
  disabled?: boolean
  /** Further words a search finds it by. */
  keywords?: string
  group?: string
}
