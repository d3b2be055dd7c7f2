/**
 * A turn as a sequence of short frames: how loud the voice and the breath are, how high the pitch is and where the
 * resonances lie. Each syllable is a consonant's gap or hiss and a vowel that swells and fades.
 */
import type { Turn, Word } from '../conversation.ts'
import { syllablesOf } from '../syllables.ts'
import { VOWELS, type Voice } from './voices.ts'

export const FRAME_SECONDS = 0.005

export interface Frame { pitch: number, voiced: number, hiss: number, formants: [number, number, number] }

export function framesOf(turn: Turn, voice: Voice, next: () => number): Frame[] {
  const still = (): Frame => ({ pitch: voice.pitch, voiced: 0, hiss: 0, formants: VOWELS.e ?? [540, 1_780, 2_520] })
  const frames = Array.from({ length: Math.ceil(turn.seconds / FRAME_SECONDS) }, still)
  for (const [start, words] of sentencesOf(turn)) intone(frames, start, words, voice, next)
  return smooth(frames)
}

interface Sentence { words: Word[], isQuestion: boolean }

/** Each sentence has a melody of its own. */
function sentencesOf(turn: Turn): [start: number, sentence: Sentence][] {
  const sentences: Sentence[] = [{ words: [], isQuestion: false }]
  for (const word of turn.words) {
    const current = sentences.at(-1)
    current?.words.push(word)
    if (!/[.?!]$/.test(word.text)) continue
    if (current) current.isQuestion = word.text.endsWith('?')
    sentences.push({ words: [], isQuestion: false })
  }
  return sentences.filter(({ words }) => words.length > 0).map((sentence) => [turn.startsAt, sentence])
}

function intone(frames: Frame[], turnStart: number, { words, isQuestion }: Sentence, voice: Voice, next: () => number): void {
  const start = words[0]?.startsAt ?? 0
  const last = words.at(-1)
  const length = Math.max(0.2, (last ? last.startsAt + last.seconds : start) - start)
  for (const word of words) {
    const syllables = syllablesOf(word.text)
    const each = word.seconds / Math.max(1, syllables.length)
    syllables.forEach((syllable, index) => {
      const at = word.startsAt + index * each
      const through = (at - start) / length
      // A statement sinks; a question rises at its end.
      const melody = 1.1 - 0.22 * through + (isQuestion && through > 0.75 ? 0.9 * (through - 0.75) : 0)
      const stress = index === 0 && syllables.length + word.text.length > 5 ? voice.liveliness : 0
      const pitch = voice.pitch * melody * (1 + stress * (0.6 + 0.4 * next()) + (next() - 0.5) * 0.04)
      const loudness = (0.72 + stress * 1.2) * (1.05 - 0.3 * through)
      shape(frames, { at: at - turnStart, seconds: each, syllable, pitch, loudness, scale: voice.scale * (0.97 + 0.06 * next()) })
    })
  }
}

interface Shape { at: number, seconds: number, syllable: string, pitch: number, loudness: number, scale: number }

function shape(frames: Frame[], { at, seconds, syllable, pitch, loudness, scale }: Shape): void {
  const nuclei = syllable.match(/[aeiouy]+/)?.[0] ?? 'e'
  const onset = onsetOf(syllable)
  const from = vowel(nuclei.charAt(0), scale)
  const to = vowel(nuclei.charAt(nuclei.length - 1), scale)
  const first = Math.round(at / FRAME_SECONDS)
  const count = Math.max(1, Math.round(seconds / FRAME_SECONDS))
  for (let index = 0; index < count; index++) {
    const frame = frames[first + index]
    const through = index / count
    if (!frame) return
    frame.pitch = pitch * (1.02 - 0.05 * through)
    frame.formants = [0, 1, 2].map((place) => (from[place] ?? 500) + ((to[place] ?? 500) - (from[place] ?? 500)) * through) as Frame['formants']
    if (through < onset.share) {
      frame.voiced = onset.voiced * loudness
      frame.hiss = onset.hiss * loudness
    } else frame.voiced = loudness * Math.sin(Math.PI * (0.18 + 0.72 * (through - onset.share) / (1 - onset.share)))
  }
}

/** How a syllable begins: a hiss, a short closure, or a hum. */
function onsetOf(syllable: string): { share: number, voiced: number, hiss: number } {
  if (/^[sfxczh]/.test(syllable)) return { share: 0.3, voiced: 0, hiss: syllable.startsWith('h') ? 0.25 : 0.6 }
  if (/^[ptkq]/.test(syllable)) return { share: 0.24, voiced: 0, hiss: 0.12 }
  if (/^[bdg]/.test(syllable)) return { share: 0.18, voiced: 0.14, hiss: 0 }
  return /^[mnlrwvj]/.test(syllable) ? { share: 0.22, voiced: 0.45, hiss: 0 } : { share: 0, voiced: 0, hiss: 0 }
}

function vowel(letter: string, scale: number): number[] {
  return (VOWELS[letter] ?? [540, 1_780, 2_520]).map((formant) => Math.min(3_500, formant * scale))
}

/** Lips and tongue need some 20 ms to move: without this every frame's edge would click. */
function smooth(frames: Frame[]): Frame[] {
  const held: Frame = { pitch: frames[0]?.pitch ?? 0, voiced: 0, hiss: 0, formants: [...(frames[0]?.formants ?? [500, 1_500, 2_500])] }
  return frames.map((frame) => {
    held.pitch += (frame.pitch - held.pitch) * 0.2
    held.voiced += (frame.voiced - held.voiced) * 0.28
    held.hiss += (frame.hiss - held.hiss) * 0.35
    held.formants = held.formants.map((formant, place) => formant + ((frame.formants[place] ?? formant) - formant) * 0.22) as Frame['formants']
    return { ...held }
  })
}
