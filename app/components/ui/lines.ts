/** One line over the same names as its neighbours; null where it has no value. dashed: not measured but likely. */
export interface Line {
  name: string
  values: (number | null)[]
  tone: 'primary' | 'muted' | 'limit'
  dashed?: boolean
}
