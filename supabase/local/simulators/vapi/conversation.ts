/** What is said in a simulated call, and when: words with times, shared by the transcript, the recording and the longest duration. */
import { syllablesOf } from './syllables.ts'

export type Role = 'assistant' | 'contact'
/** `opt_out`: the assistant uses its opt-out tool before it says this. `beep`: a machine's tone follows. */
export type Line = [role: Role, text: string, act?: 'opt_out' | 'beep']

export interface Word { text: string, startsAt: number, seconds: number }
export interface Turn { role: Role, text: string, startsAt: number, seconds: number, words: Word[], act: Line[2] }
export interface Conversation {
  turns: Turn[]
  seconds: number
  /** Cut by the longest duration, perhaps in mid-sentence. */
  isCut: boolean
}

export const BEEP_SECONDS = 0.4
const SILENCE_AT_START = 0.5
const SILENCE_AT_END = 0.4
/** A person answers faster than a model. */
const SECONDS_BEFORE_ANSWER: Record<Role, number> = { assistant: 0.75, contact: 0.45 }
const SECONDS_PER_WORD = 0.07
const SECONDS_PER_SYLLABLE = 0.16

export function layOut(lines: Line[], maximumSeconds: number): Conversation {
  const turns: Turn[] = []
  let at = 0
  for (const [role, text, act] of lines) {
    at += turns.length === 0 ? SILENCE_AT_START : SECONDS_BEFORE_ANSWER[role]
    const turn = speak(role, text, at, act)
    turns.push(turn)
    at += turn.seconds + (act === 'beep' ? 2 * BEEP_SECONDS : 0)
  }
  const seconds = turns.length === 0 ? 0 : round(at + SILENCE_AT_END)
  return seconds <= maximumSeconds ? { turns, seconds, isCut: false } : { turns: turns.flatMap((turn) => cut(turn, maximumSeconds)), seconds: maximumSeconds, isCut: true }
}

function speak(role: Role, text: string, startsAt: number, act: Line[2]): Turn {
  const words: Word[] = []
  let at = startsAt
  for (const word of text.split(/\s+/).filter((part) => part !== '')) {
    const seconds = SECONDS_PER_WORD + SECONDS_PER_SYLLABLE * syllablesOf(word).length
    words.push({ text: word, startsAt: round(at), seconds: round(seconds) })
    at += seconds + pauseAfter(word)
  }
  return turnOf(role, words, round(startsAt), act)
}

function turnOf(role: Role, words: Word[], startsAt: number, act: Line[2]): Turn {
  const last = words.at(-1)
  return { role, words, act, startsAt, text: words.map((word) => word.text).join(' '), seconds: last ? round(last.startsAt + last.seconds - startsAt) : 0 }
}

/** What can still be heard of a turn when the line is cut; nothing when its first word is not finished. */
function cut(turn: Turn, maximumSeconds: number): Turn[] {
  const heard = turn.words.filter((word) => word.startsAt + word.seconds <= maximumSeconds)
  return heard.length === 0 ? [] : [turnOf(turn.role, heard, turn.startsAt, turn.act)]
}

function pauseAfter(word: string): number {
  if (/[.?!…]["')]?$/.test(word)) return 0.32
  return /[,;:–]$/.test(word) ? 0.16 : 0
}

function round(seconds: number): number {
  return Math.round(seconds * 1000) / 1000
}
