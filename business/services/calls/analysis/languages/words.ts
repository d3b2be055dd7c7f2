import type { Disposition } from '../../../../models/call.ts'

/** What people say in set phrases, by what it means. */
export type MeaningfulPhrases = Readonly<Record<'do_not_call' | 'wrong_number' | 'not_interested' | 'callback' | 'interested', readonly string[]>>

/** A language's words, as far as the rules use them. Lower case; phrases are compared word by word. */
export interface LanguageWords {
  /** Words that say nothing about what a conversation was about. */
  stopWords: ReadonlySet<string>
  positive: readonly string[]
  negative: readonly string[]
  phrases: MeaningfulPhrases
  /** What somebody should do next. */
  nextActions: Readonly<Partial<Record<Disposition, string>>>
}

export const wordSet = (words: string): ReadonlySet<string> => new Set(words.trim().split(/\s+/))
export const phraseList = (lines: string): string[] => lines.split('·').map((line) => line.trim()).filter((line) => line !== '')
