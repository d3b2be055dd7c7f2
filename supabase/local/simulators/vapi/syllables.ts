/** Splits a word as a voice would say it; how long a turn lasts and how its recording sounds both follow from this. */

const PART = /[^aeiouy]*[aeiouy]+(?:[^aeiouy]+$)?/g
const SPOKEN_DIGITS = ['zero', 'wan', 'too', 'tri', 'for', 'faif', 'six', 'seven', 'eit', 'nain']

export function syllablesOf(word: string): string[] {
  const letters = word.normalize('NFD').toLowerCase().replace(/\d/g, (digit) => SPOKEN_DIGITS[Number(digit)] ?? '').replace(/[^\p{L}]/gu, '')
  if (letters === '') return []
  const spoken = /[aeiouy].*[^aeiouyl]e$/.test(letters) ? letters.slice(0, -1) : letters
  const parts = spoken.match(PART)
  // Other scripts and bare consonants: one syllable for each three letters.
  return parts ?? Array.from({ length: Math.ceil(letters.length / 3) }, () => 'na')
}
