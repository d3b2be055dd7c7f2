/**
 * The recording of a simulated call: two voice-like murmurs whose turns match the transcript. No words can be understood,
 * but who speaks, how long, where a sentence ends and whether it asks can be heard.
 */
import { BEEP_SECONDS, layOut, type Conversation, type Role, type Turn } from '../conversation.ts'
import { PEOPLE } from '../people.ts'
import { randomBy } from './random.ts'
import { speechOf } from './speech.ts'
import { assistantVoice } from './voices.ts'
import { RATE, wavOf } from './wav.ts'

/** A line is never quite silent (about −66 dBFS). */
const LINE_NOISE = 0.0008
const BEEP_HERTZ = 1_000
const ENGINE_HERTZ = 74
const ENGINE_NOISE = 0.004
const ROAD_NOISE = 0.12

export type Mix = 'mono' | 'stereo' | Role

/** A WAV file, made at the first request. Stereo has the contact on the left and the assistant on the right. */
export function recordingOf(conversation: Conversation, mix: Mix, voiceId?: string): Uint8Array<ArrayBuffer> {
  const files = made.get(conversation) ?? new Map<Mix, Uint8Array<ArrayBuffer>>()
  made.set(conversation, files)
  const file = files.get(mix) ?? wavOf(mixed(tracksOf(conversation, voiceId), mix))
  files.set(mix, file)
  return file
}

const made = new WeakMap<Conversation, Map<Mix, Uint8Array<ArrayBuffer>>>()

const SAMPLE = 'Hello, how do you do? This is how I sound in the calls of this carrier.'

/** What an assistant's voice sounds like here: some seconds of the murmur that its recordings are made of. */
export function sampleOf(voiceId: string): Uint8Array<ArrayBuffer> {
  return recordingOf(layOut([['assistant', SAMPLE]], 30), 'assistant', voiceId)
}

type Tracks = Record<Role, Float32Array>

function tracksOf({ seconds, turns, person }: Conversation, voiceId: string | undefined): Tracks {
  const length = Math.round(seconds * RATE)
  const { voice, background } = PEOPLE[person]
  const tracks = { assistant: hushed(length, 'assistant'), contact: background === 'car' ? inCar(length) : hushed(length, 'contact') }
  for (const turn of turns) {
    add(tracks[turn.role], turn.startsAt, speechOf(turn, turn.role === 'assistant' ? assistantVoice(voiceId) : voice))
    if (turn.act === 'beep') add(tracks[turn.role], endOf(turn) + BEEP_SECONDS / 2, beep())
  }
  return tracks
}

function mixed({ assistant, contact }: Tracks, mix: Mix): Float32Array[] {
  if (mix === 'stereo') return [contact, assistant]
  return [mix === 'mono' ? assistant.map((sample, index) => sample + (contact[index] ?? 0)) : mix === 'assistant' ? assistant : contact]
}

function hushed(length: number, seed: string): Float32Array {
  const next = randomBy(seed)
  return Float32Array.from({ length }, () => (next() - 0.5) * LINE_NOISE)
}

/** The hum of an engine and the rush of a road, well below a voice. */
function inCar(length: number): Float32Array {
  const next = randomBy('car')
  let rush = 0
  return Float32Array.from({ length }, (_, index) => {
    rush += (next() - 0.5 - rush) * 0.06
    return rush * ROAD_NOISE + ENGINE_NOISE * Math.sin(2 * Math.PI * ENGINE_HERTZ * index / RATE)
  })
}

function add(track: Float32Array, startsAt: number, sound: Float32Array): void {
  const start = Math.round(startsAt * RATE)
  for (let index = 0; index < sound.length && start + index < track.length; index++) track[start + index] = (track[start + index] ?? 0) + (sound[index] ?? 0)
}

function beep(): Float32Array {
  const length = BEEP_SECONDS * RATE
  return Float32Array.from({ length }, (_, index) => 0.1 * Math.sin(2 * Math.PI * BEEP_HERTZ * index / RATE) * Math.min(1, index / 80, (length - index) / 80))
}

const endOf = (turn: Turn): number => turn.startsAt + turn.seconds
