import { readPhone, type CountryCode } from './phone.ts'

/** About seven thousand numbers: what a page can read in the moment of a paste. */
export const pastedMax = 100_000

/** A pasted text as numbers: one a line, or between commas, semicolons or tabs, in any notation. Each number once. */
export function readNumbers(text: string, country: CountryCode | null): { phones: string[], refused: string[] } {
  const written = text.split(/[\n\r,;\t]+/).map((part) => part.trim()).filter(Boolean)
  const read = written.map((part) => ({ part, answer: readPhone(part, country) }))
  return {
    phones: [...new Set(read.flatMap(({ answer }) => ('phone' in answer ? [answer.phone] : [])))],
    refused: read.flatMap(({ part, answer }) => ('phone' in answer ? [] : [part])),
  }
}
