import { plainText } from './phrases.ts'
import type { LanguageWords } from './languages/words.ts'

const sentencesMax = 3
const sentenceMax = 240

export const sentencesOf = (text: string): string[] =>
  text.split(/(?<=[.!?…])\s+|\n+/u).map((sentence) => sentence.trim()).filter((sentence) => sentence !== '').slice(0, 2000)

/** The person's own sentences that say the most, in their order and in quotation marks: nothing is said that was not said. */
export function summaryOf(sentences: string[], keywords: string[], { phrases }: LanguageWords): string {
  const telling = [...keywords, ...Object.values(phrases).flat()].map(plainText)
  const scored = sentences.map((sentence, place) => ({ sentence, place, score: scoreOf(sentence, telling) }))
  const best = scored.sort((a, b) => b.score - a.score || a.place - b.place).slice(0, sentencesMax).sort((a, b) => a.place - b.place)
  return best.map(({ sentence }) => `“${cut(sentence)}”`).join(' ')
}

function scoreOf(sentence: string, telling: string[]): number {
  const plain = plainText(sentence)
  return telling.filter((phrase) => plain.includes(phrase)).length + Math.min(20, plain.split(' ').length) / 20
}

const cut = (sentence: string) => (sentence.length <= sentenceMax ? sentence : `${Array.from(sentence).slice(0, sentenceMax - 1).join('')}…`)
