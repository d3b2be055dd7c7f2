/** What is said in a simulated call, and when: turns with times that the transcript and the recording share. */

export interface Turn { role: 'assistant' | 'contact', text: string, startsAt: number, seconds: number }
export interface Conversation { turns: Turn[], seconds: number }
export type Line = [role: 'assistant' | 'contact', text: string]

const WORDS_PER_SECOND = 2.6
const PAUSE_SECONDS = 0.5

/** Lays lines out in time. What lies beyond the maximum is cut, as the provider hangs up in mid-sentence. */
export function layOut(lines: Line[], maximumSeconds: number): Conversation & { isCut: boolean } {
  const turns: Turn[] = []
  let at = 0.4
  for (const [role, text] of lines) {
    const seconds = Math.max(0.8, text.split(/\s+/).length / WORDS_PER_SECOND)
    if (at + seconds > maximumSeconds) return { turns, seconds: maximumSeconds, isCut: true }
    turns.push({ role, text, startsAt: round(at), seconds: round(seconds) })
    at += seconds + PAUSE_SECONDS
  }
  return { turns, seconds: round(at), isCut: false }
}

function round(seconds: number): number {
  return Math.round(seconds * 100) / 100
}
