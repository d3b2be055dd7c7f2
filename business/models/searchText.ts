import { storableText } from './storableJson.ts'

/** Longer than anything that people search for. */
export const searchTextMax = 200

/** What somebody searches for, as the address of a page says it: nothing that no text of the database can hold. */
export function searchTextOf(value: unknown): string {
  return typeof value === 'string' ? storableText(value.trim().slice(0, searchTextMax)).trim() : ''
}
