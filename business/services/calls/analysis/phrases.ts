/** Words as they are compared: lower case, one kind of apostrophe, single blanks. */
export const plainText = (text: string): string => text.toLowerCase().replaceAll('’', '\'').replace(/\s+/gu, ' ').trim()

/** Whether one of the phrases stands in the text, whole words only. */
export function says(text: string, phrases: readonly string[]): boolean {
  const spaced = spacedWords(text)
  return phrases.some((phrase) => spaced.includes(spacedWords(phrase)))
}

/** How often words or phrases of the list stand in the text. */
export function countIn(text: string, phrases: readonly string[]): number {
  const spaced = spacedWords(text)
  return phrases.reduce((count, phrase) => count + spaced.split(spacedWords(phrase)).length - 1, 0)
}

/** Each word between two blanks of its own, so that neighbours that repeat a phrase are both found. */
const spacedWords = (text: string) => ` ${(plainText(text).match(/[\p{L}\p{N}']+/gu) ?? []).join('  ')} `
