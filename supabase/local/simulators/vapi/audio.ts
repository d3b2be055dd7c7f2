/**
 * The recording of a simulated call: two voice-like murmurs whose turns match the transcript. No words can be understood,
 * but who speaks, how long and how lively can be heard. PCM, 16 bit, 8 kHz, as a telephone line carries it.
 */
import type { Conversation, Turn } from './conversation.ts'

const RATE = 8_000
const VOICES = {
  assistant: { pitch: 196, liveliness: 0.16, formants: [620, 1_450, 2_600] },
  contact: { pitch: 118, liveliness: 0.22, formants: [520, 1_150, 2_350] },
}
const SYLLABLES_PER_SECOND = 4.6
const LOUDNESS = 0.32

/** A WAV file; stereo has the contact left and the assistant right. */
export function recordingOf(conversation: Conversation, isStereo = false): Uint8Array<ArrayBuffer> {
  const length = Math.round(conversation.seconds * RATE)
  const channels = { assistant: new Float32Array(length), contact: new Float32Array(length) }
  for (const turn of conversation.turns) speak(channels[turn.role], turn)
  return wav(isStereo ? [channels.contact, channels.assistant] : [mix(channels.assistant, channels.contact)])
}

/** One turn: syllables with their own vowel, a pitch that falls towards the end, a soft edge on each. */
function speak(samples: Float32Array, turn: Turn): void {
  const voice = VOICES[turn.role]
  const next = randomBy(turn.text)
  const count = Math.max(2, Math.round(turn.seconds * SYLLABLES_PER_SECOND))
  const each = turn.seconds / count
  for (let index = 0; index < count; index++) {
    const fall = 1.08 - 0.16 * (index / count)
    const pitch = voice.pitch * fall * (1 + (next() - 0.5) * voice.liveliness)
    const vowel = voice.formants.map(formant => formant * (0.8 + next() * 0.4))
    syllable(samples, turn.startsAt + index * each, each * (0.75 + next() * 0.2), pitch, vowel, LOUDNESS * (0.7 + next() * 0.3))
  }
}

function syllable(samples: Float32Array, startsAt: number, seconds: number, pitch: number, vowel: number[], loudness: number): void {
  const start = Math.round(startsAt * RATE)
  const length = Math.round(seconds * RATE)
  const harmonics = harmonicsOf(pitch, vowel)
  for (let index = 0; index < length && start + index < samples.length; index++) {
    const envelope = Math.sin(Math.PI * Math.min(1, index / length)) ** 0.7
    const phase = 2 * Math.PI * pitch * index / RATE
    let sum = 0
    for (let number = 0; number < harmonics.length; number++) sum += (harmonics[number] ?? 0) * Math.sin(phase * (number + 1))
    samples[start + index] = sum * envelope * loudness
  }
}

/** Overtones near a formant are strong, those between are weak; together they are at most one. */
function harmonicsOf(pitch: number, vowel: number[]): number[] {
  const count = Math.min(14, Math.floor(3_400 / pitch))
  const weights = Array.from({ length: count }, (_, index) => {
    const frequency = pitch * (index + 1)
    const resonance = vowel.reduce((sum, formant, place) => sum + Math.exp(-(((frequency - formant) / 240) ** 2)) / (place + 1), 0)
    return (0.12 + resonance) / (index + 1.5)
  })
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  return weights.map(weight => weight / total)
}

function mix(one: Float32Array, other: Float32Array): Float32Array {
  return one.map((sample, index) => sample + (other[index] ?? 0))
}

function wav(channels: Float32Array[]): Uint8Array<ArrayBuffer> {
  const frames = channels[0]?.length ?? 0
  const dataBytes = frames * channels.length * 2
  const view = new DataView(new ArrayBuffer(44 + dataBytes))
  const text = (at: number, word: string) => [...word].forEach((letter, index) => view.setUint8(at + index, letter.charCodeAt(0)))
  text(0, 'RIFF')
  view.setUint32(4, 36 + dataBytes, true)
  text(8, 'WAVEfmt ')
  view.setUint32(16, 16, true)
  view.setUint16(20, 1, true)
  view.setUint16(22, channels.length, true)
  view.setUint32(24, RATE, true)
  view.setUint32(28, RATE * channels.length * 2, true)
  view.setUint16(32, channels.length * 2, true)
  view.setUint16(34, 16, true)
  text(36, 'data')
  view.setUint32(40, dataBytes, true)
  for (let frame = 0; frame < frames; frame++) {
    channels.forEach((samples, channel) => view.setInt16(44 + (frame * channels.length + channel) * 2, Math.max(-1, Math.min(1, samples[frame] ?? 0)) * 32_767, true))
  }
  return new Uint8Array(view.buffer)
}

/** The same text always sounds the same (mulberry32). */
function randomBy(text: string): () => number {
  let seed = [...text].reduce((sum, letter) => Math.imul(sum, 31) + letter.charCodeAt(0) | 0, 7)
  return () => {
    seed = seed + 0x6D2B79F5 | 0
    let value = Math.imul(seed ^ seed >>> 15, 1 | seed)
    value = value + Math.imul(value ^ value >>> 7, 61 | value) ^ value
    return ((value ^ value >>> 14) >>> 0) / 2 ** 32
  }
}
