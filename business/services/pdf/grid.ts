import type { Column } from './document.ts'

/** Its box is as dark as it says, from 0 to 1; in the middle a text could not be read well, so steps leave it out. */
export interface GridCell { text: string, darkness: number }

export interface Grid {
  heads?: string[]
  /** A cell of a text alone has no box. */
  rows: { name: string, cells: (string | GridCell)[] }[]
}

const nameShare = 0.14
/** Of few columns none becomes a bar. */
const widestShare = 0.08

export function gridColumns(count: number): Column[] {
  const share = Math.min(widestShare, (1 - nameShare) / Math.max(1, count))
  return [{ label: '', share: nameShare }, ...Array.from({ length: count }, (): Column => ({ label: '', share, align: 'center' }))]
}
