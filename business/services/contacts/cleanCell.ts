const messy = /[^\S ]| {2}|^ | $|\p{Cc}/u

/** Control characters cannot be stored (NUL) or heard; a line break inside a cell becomes a space. Most cells are clean already. */
export function cleanCell(cell: string): string {
  return messy.test(cell) ? cell.replace(/\s+/g, ' ').replace(/\p{Cc}/gu, '').trim() : cell
}
