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

/** Of an assistant whose voice nobody here knows by name. */
const ASSISTANT: Voice = { pitch: 208, liveliness: 0.14, scale: 1.14, breath: 0.035 }

/** The first three resonances of each vowel of an average throat, in hertz. */
export const VOWELS: Record<string, [number, number, number]> = {
  a: [700, 1_180, 2_480], e: [540, 1_780, 2_520], i: [350, 2_120, 2_850], o: [500, 880, 2_420], u: [360, 960, 2_320], y: [350, 2_050, 2_750],
}

const man = (pitch: number, scale: number): Voice => ({ pitch, liveliness: 0.13, scale, breath: 0.03 })
const woman = (pitch: number, scale: number): Voice => ({ pitch, liveliness: 0.15, scale, breath: 0.04 })

/** By the ids under which the providers know them: no two sound alike, and none like the people who are called. */
const ASSISTANTS: Readonly<Record<string, Voice>> = {
  Elliot: man(118, 1), Savannah: woman(222, 1.17), Rohan: man(132, 1.04), Emma: ASSISTANT, Clara: woman(234, 1.16), Nico: man(142, 1.06),
  'de-DE-KatjaNeural': woman(204, 1.13), 'de-DE-ConradNeural': man(102, 0.97), 'es-ES-ElviraNeural': woman(228, 1.15), 'es-MX-DaliaNeural': woman(214, 1.16),
  'es-MX-JorgeNeural': man(112, 0.99), 'fr-FR-DeniseNeural': woman(218, 1.14), 'fr-FR-HenriNeural': man(108, 0.98),
}

export function assistantVoice(id: string | undefined): Voice {
  return (id !== undefined && Object.hasOwn(ASSISTANTS, id) ? ASSISTANTS[id] : undefined) ?? ASSISTANT
}
