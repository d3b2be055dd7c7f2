/** What an analysis says of a conversation beside the account's own questions, read with care: a model wrote it. */
export interface CallAnalysis {
  /** From 0 to 10. */
  interest: number | null
  keywords: string[]
  /** What somebody should do next, in one sentence. */
  nextAction: string | null
}

const keywordsMax = 8
const wordMax = 60
const sentenceMax = 300

export function readAnalysis(structured: unknown): CallAnalysis {
  const facts = typeof structured === 'object' && structured !== null && !Array.isArray(structured) ? structured as Record<string, unknown> : {}
  const { interest, keywords, next_action } = facts
  return {
    interest: typeof interest === 'number' && interest >= 0 && interest <= 10 ? Math.round(interest) : null,
    keywords: Array.isArray(keywords) ? distinctWords(keywords).slice(0, keywordsMax) : [],
    nextAction: typeof next_action === 'string' && next_action.trim() !== '' ? next_action.trim().slice(0, sentenceMax) : null,
  }
}

function distinctWords(list: unknown[]): string[] {
  const words = list.flatMap((word) => (typeof word === 'string' && word.trim() !== '' ? [word.trim().slice(0, wordMax)] : []))
  return [...new Set(words)]
}
