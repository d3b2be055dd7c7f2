import type { LanguageWords } from './languages/words.ts'
import { plainText } from './phrases.ts'

const keywordsMax = 8
const wordsInPhraseMax = 3
const wordMax = 40

interface Texts {
  /** What the person said, and everything that was said. */
  heard: string
  said: string
}

interface Phrase { shown: string, words: string[], count: number }

/**
 * What a conversation was about, after RAKE (Rose et al., 2010): runs of words between stop words and punctuation, those first whose
 * words are often said and often in company. What the person says themselves counts three times; numbers stay with what they count.
 */
export function keywordsOf({ heard, said }: Texts, { stopWords }: LanguageWords): string[] {
  const phrases = new Map<string, Phrase>()
  for (const [text, weight] of [[said, 1], [heard, 2]] as const) {
    for (const run of runsOf(text, stopWords)) note(phrases, run, weight)
  }
  const { frequency, degree } = companyOf(phrases)
  const scoreOf = ({ words, count }: Phrase) => count * words.reduce((sum, word) => sum + (degree.get(word) ?? 0) / (frequency.get(word) ?? 1), 0)
  const ranked = [...phrases.values()].map((phrase) => ({ phrase, score: scoreOf(phrase) })).sort((a, b) => b.score - a.score)
  return distinct(ranked.map(({ phrase }) => phrase)).slice(0, keywordsMax).map(({ shown }) => shown)
}

/** Words next to each other that carry meaning, at most three. A number alone says nothing. */
function runsOf(text: string, stopWords: ReadonlySet<string>): string[][] {
  return text.split(/[^\p{L}\p{N}'’ \t-]+/u).flatMap((piece) => {
    const runs: string[][] = [[]]
    for (const word of piece.match(/[\p{L}\p{N}][\p{L}\p{N}'’-]*/gu) ?? []) {
      const isStop = stopWords.has(plainText(word)) || word.length > wordMax || (word.length < 3 && !/\p{N}/u.test(word))
      if (isStop || runs.at(-1)!.length === wordsInPhraseMax) runs.push([])
      if (!isStop) runs.at(-1)!.push(word)
    }
    return runs.filter((run) => run.some((word) => /\p{L}/u.test(word)))
  })
}

function note(phrases: Map<string, Phrase>, run: string[], weight: number): void {
  const words = run.map(plainText)
  const key = words.join(' ')
  const known = phrases.get(key)
  if (known) known.count += weight
  else phrases.set(key, { shown: run.join(' '), words, count: weight })
}

function companyOf(phrases: Map<string, Phrase>) {
  const frequency = new Map<string, number>()
  const degree = new Map<string, number>()
  for (const { words, count } of phrases.values()) {
    for (const word of words) {
      frequency.set(word, (frequency.get(word) ?? 0) + count)
      degree.set(word, (degree.get(word) ?? 0) + count * words.length)
    }
  }
  return { frequency, degree }
}

/** Of two phrases one of which is part of the other, the better one stays. */
function distinct(ranked: Phrase[]): Phrase[] {
  const kept: Phrase[] = []
  for (const phrase of ranked.slice(0, 50)) {
    const isPart = kept.some(({ words }) => words.some((word) => phrase.words.includes(word)))
    if (!isPart) kept.push(phrase)
  }
  return kept
}
