/** What a script gets to know of the call, and what it decides. */
import type { Line, Manner } from '../conversation.ts'

export const LANGUAGES = ['en', 'de', 'es', 'fr'] as const
export type Language = typeof LANGUAGES[number]

export interface Scene {
  /** The contact's first name; null when the request carries none. */
  name: string | null
  /** The first sentence as received; null when the assistant has none. */
  greeting: string | null
  /** Who calls, when the greeting says it plainly; else null, and the dialogue stays neutral. */
  company: string | null
  language: Language
  /** What the prompt tells the assistant to say to whoever does not want to be called; null when it tells nothing. */
  optOutSentence: string | null
  /** What it is told to say to somebody silent, and before it hangs up. */
  asksAgain: string | null
  goodbye: string | null
  /** Whoever is called hears nothing after the assistant has said one of these. */
  endPhrases: string[]
  detectsVoicemail: boolean
  voicemailMessage: string | null
  /** When the call is placed: "at five" is a moment. */
  now: Date
}

export const PLOTS = ['interested', 'notNow', 'hangsUp', 'optsOut', 'wrongNumber', 'voicemail', 'callBack', 'annoyed', 'elderly', 'haggler', 'asksRobot', 'screening', 'silence',
  'busy', 'noAnswer', 'providerFault'] as const
export type PlotName = typeof PLOTS[number]

/** What a conversation came to, in no language: what an analysis can be asked for. */
export interface Facts {
  disposition: 'interested' | 'information' | 'callback' | 'not_interested' | 'do_not_call' | 'wrong_number' | 'screened' | 'no_conversation'
  sentiment: 'positive' | 'neutral' | 'negative'
  /** From 0 to 10. */
  interest: number
  opt_out: boolean
  is_right_person: boolean
  asked_if_robot?: boolean
  callback_at?: Date
  appointment_at?: Date
  /** What was agreed on, a month. */
  price?: number
}

export interface Analysis { summary: string, isSuccess: boolean, facts: Facts }

export interface Script extends Manner {
  plot: PlotName
  /** The provider's endedReason when the script runs to its end. */
  endedReason: string
  ringSeconds: number
  /** Absent: nobody picked up. Empty: picked up, and then nothing. */
  lines?: Line[]
  analysis?: Analysis
  /** The provider gave up before it dialled: queued, then ended. */
  neverRang?: true
}

/** A conversation in one language. */
export interface Dialogue { lines: Line[], summary: string }
export type DialogueOf = (scene: Scene) => Dialogue

/** Every language can do these; the longer ones fall back to a relative (plots.ts). */
export type CommonPlot = 'interested' | 'notNow' | 'hangsUp' | 'optsOut' | 'wrongNumber' | 'voicemail' | 'callBack' | 'annoyed' | 'asksRobot' | 'silence'
export type RarePlot = 'elderly' | 'haggler' | 'screening'
export type Words = Record<CommonPlot, DialogueOf> & Partial<Record<RarePlot, DialogueOf>>
