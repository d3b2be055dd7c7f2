import type { AnalysisSource } from './callFindings.ts'

/** What is stored of an analysis: the carrier's, and what our own analyser made up for. */
export interface ToldAnalysis {
  summary: string | null
  structured: unknown
  computed: unknown
  analyser: Exclude<AnalysisSource, 'provider'> | null
}

type Told = 'summary' | 'keywords' | 'nextAction'

/** What is known of a conversation beside the account's own questions, read with care: a model wrote it. */
export interface CallAnalysis {
  summary: string | null
  /** From 0 to 10. */
  interest: number | null
  keywords: string[]
  /** What somebody should do next, in one sentence. */
  nextAction: string | null
  /** Where each comes from that is there. The carrier's word stands before ours. */
  sources: Partial<Record<Told, AnalysisSource>>
}

const keywordsMax = 8
const wordMax = 60
const sentenceMax = 300

export function readAnalysis(told: ToldAnalysis | null | undefined): CallAnalysis {
  const [theirs, ours] = [objectOf(told?.structured), objectOf(told?.computed)]
  const by = told?.analyser ?? null
  const [summary, summaryBy] = first(textOf(told?.summary), textOf(ours.summary), by)
  const [keywords, keywordsBy] = first(wordsOf(theirs.keywords), wordsOf(ours.keywords), by)
  const [nextAction, nextActionBy] = first(sentenceOf(theirs.next_action), sentenceOf(ours.next_action), by)
  return {
    summary, keywords: keywords ?? [], nextAction, interest: interestOf(theirs.interest),
    sources: { ...(summaryBy && { summary: summaryBy }), ...(keywordsBy && { keywords: keywordsBy }), ...(nextActionBy && { nextAction: nextActionBy }) },
  }
}

function first<T>(theirs: T | null, ours: T | null, by: ToldAnalysis['analyser']): [T | null, AnalysisSource | null] {
  if (theirs !== null) return [theirs, 'provider']
  return ours !== null && by ? [ours, by] : [null, null]
}

function objectOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value as Record<string, unknown> : {}
}

const textOf = (value: unknown): string | null => (typeof value === 'string' && value.trim() !== '' ? value.trim() : null)
const sentenceOf = (value: unknown): string | null => textOf(value)?.slice(0, sentenceMax) ?? null
const interestOf = (value: unknown): number | null => (typeof value === 'number' && value >= 0 && value <= 10 ? Math.round(value) : null)

function wordsOf(list: unknown): string[] | null {
  if (!Array.isArray(list)) return null
  const words = list.flatMap((word) => (typeof word === 'string' && word.trim() !== '' ? [word.trim().slice(0, wordMax)] : []))
  return words.length > 0 ? [...new Set(words)].slice(0, keywordsMax) : null
}
