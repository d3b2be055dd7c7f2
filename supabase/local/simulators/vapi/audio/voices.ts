/** A voice: pitch, size of the throat, breath and liveliness. people.ts has those of the contacts, none like the assistant's. */

export interface Voice {
  /** Hertz at the start of a sentence. */
  pitch: number
  /** How far a stressed syllable rises above its neighbours, as a part of the pitch. */
  liveliness: number
  /** A shorter throat moves every resonance up. */
  scale: number
  breath: number
}

export const ASSISTANT: Voice = { pitch: 208, liveliness: 0.14, scale: 1.14, breath: 0.035 }

/** The first three resonances of each vowel of an average throat, in hertz. */
export const VOWELS: Record<string, [number, number, number]> = {
  a: [700, 1_180, 2_480], e: [540, 1_780, 2_520], i: [350, 2_120, 2_850], o: [500, 880, 2_420], u: [360, 960, 2_320], y: [350, 2_050, 2_750],
}
