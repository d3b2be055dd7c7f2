/** What is said in a simulated call, and when: words with times, shared by the transcript, the recording and the longest duration. */
import { PEOPLE, type PersonName } from './people.ts'
import { syllablesOf } from './syllables.ts'

export type Role = 'assistant' | 'contact'
/** What the assistant does before it says this, with a tool if it has one; or the tone that follows a machine's words. */
export type Act = 'opt_out' | 'call_back' | 'book' | 'beep'
/** `silence`: seconds that pass before it is said, in place of the usual hesitation. */
export type Line = [role: Role, text: string, act?: Act, silence?: number]

/** What a script may say of how it is spoken. */
export interface Manner {
  person?: PersonName
  /** Seconds of silence after the last word. */
  silenceAtEnd?: number
}

export interface Word { text: string, startsAt: number, seconds: number }
export interface Turn { role: Role, text: string, startsAt: number, seconds: number, words: Word[], act: Act | undefined }
export interface Conversation {
  turns: Turn[]
  seconds: number
  person: PersonName
  /** Cut by the longest duration or by somebody who hung up, perhaps in mid-sentence. */
  isCut: boolean
}

export const BEEP_SECONDS = 0.4
const SILENCE_AT_START = 0.5
const SILENCE_AT_END = 0.4
/** A model needs longer for an answer than most people. */
const MODEL_HESITATION = 0.75
const SECONDS_PER_WORD = 0.07
const SECONDS_PER_SYLLABLE = 0.16

export function layOut(lines: Line[], maximumSeconds: number, { person = 'man', silenceAtEnd = SILENCE_AT_END }: Manner = {}): Conversation {
  const { pace, hesitation } = PEOPLE[person]
  const turns: Turn[] = []
  let at = 0
  for (const [role, text, act, silence] of lines) {
    at += silence ?? (turns.length === 0 ? SILENCE_AT_START : role === 'assistant' ? MODEL_HESITATION : hesitation)
    const turn = speak(role, text, at, { act, pace: role === 'contact' ? pace : 1 })
    turns.push(turn)
    at += turn.seconds + (act === 'beep' ? 2 * BEEP_SECONDS : 0)
  }
  const whole = { turns, seconds: turns.length === 0 ? 0 : round(at + silenceAtEnd), person, isCut: false }
  return whole.seconds <= maximumSeconds ? whole : cutAt(whole, maximumSeconds)
}

/** What of a conversation is left when the line is cut after so many seconds. */
export function cutAt({ turns, person }: Conversation, seconds: number): Conversation {
  return { turns: turns.flatMap((turn) => cut(turn, seconds)), seconds: round(seconds), person, isCut: true }
}

function speak(role: Role, text: string, startsAt: number, { act, pace }: { act: Act | undefined, pace: number }): Turn {
  const words: Word[] = []
  let at = startsAt
  for (const word of text.split(/\s+/).filter((part) => part !== '')) {
    const seconds = pace * (SECONDS_PER_WORD + SECONDS_PER_SYLLABLE * syllablesOf(word).length)
    words.push({ text: word, startsAt: round(at), seconds: round(seconds) })
    at += seconds + pace * pauseAfter(word)
  }
  return turnOf(role, words, round(startsAt), act)
}

function turnOf(role: Role, words: Word[], startsAt: number, act: Act | undefined): Turn {
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
