/** Turns frames into sound: pulses of the vocal folds and breath, through three resonances of the throat. */
import type { Turn } from '../conversation.ts'
import { FRAME_SECONDS, framesOf, type Frame } from './frames.ts'
import { randomBy } from './random.ts'
import type { Voice } from './voices.ts'
import { RATE } from './wav.ts'

const SAMPLES_PER_FRAME = RATE * FRAME_SECONDS
const BANDWIDTHS = [90, 120, 180]
/** About −22 dBFS: as loud as a telephone voice in a quiet room. */
const LOUDNESS = 0.08
const LOUDEST = 0.6

export function speechOf(turn: Turn, voice: Voice): Float32Array {
  const next = randomBy(turn.text)
  return levelled(synthesise(framesOf(turn, voice, next), voice, next))
}

function synthesise(frames: Frame[], voice: Voice, next: () => number): Float32Array {
  const out = new Float32Array(frames.length * SAMPLES_PER_FRAME)
  const throat = BANDWIDTHS.map(() => createResonator())
  const teeth = createResonator()
  let phase = 0
  let before = 0
  let softened = 0
  frames.forEach((frame, place) => {
    throat.forEach((resonator, index) => resonator.tune((frame.formants[index] ?? 500), BANDWIDTHS[index] ?? 120))
    teeth.tune(2_900, 900)
    const step = frame.pitch * (0.992 + 0.016 * next()) / RATE
    for (let index = 0; index < SAMPLES_PER_FRAME; index++) {
      phase = (phase + step) % 1
      const noise = next() - 0.5
      const folds = frame.voiced * (pulse(phase) + voice.breath * noise)
      const spoken = throat.reduce((sound, resonator) => resonator.pass(sound), folds) + teeth.pass(noise * frame.hiss * 0.07)
      // The mouth radiates high tones better, the line's filter takes the sharpest away.
      const radiated = spoken - 0.9 * before
      before = spoken
      softened += (radiated - softened) * 0.75
      out[place * SAMPLES_PER_FRAME + index] = softened
    }
  })
  return out
}

/** The flow of air in one period of the vocal folds: opens gently, closes faster, stays shut. */
function pulse(phase: number): number {
  if (phase < 0.42) return 0.5 - 0.5 * Math.cos(Math.PI * phase / 0.42) - 0.3
  if (phase < 0.62) return Math.cos(Math.PI / 2 * (phase - 0.42) / 0.2) - 0.3
  return -0.3
}

interface Resonator { tune(frequency: number, bandwidth: number): void, pass(sound: number): number }

/** A digital resonator of second order with unit gain at zero frequency. */
function createResonator(): Resonator {
  let [gain, one, two] = [1, 0, 0]
  let [last, previous] = [0, 0]
  return {
    tune(frequency, bandwidth) {
      two = -Math.exp(-2 * Math.PI * bandwidth / RATE)
      one = 2 * Math.exp(-Math.PI * bandwidth / RATE) * Math.cos(2 * Math.PI * frequency / RATE)
      gain = 1 - one - two
    },
    pass(sound) {
      const result = gain * sound + one * last + two * previous
      previous = last
      last = result
      return result
    },
  }
}

/** The same loudness for every turn, with soft ends, so that none startles. */
function levelled(samples: Float32Array): Float32Array {
  const energy = samples.reduce((sum, sample) => sum + sample * sample, 0)
  const loudest = samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 1e-9)
  const gain = Math.min(LOUDNESS / Math.sqrt(energy / Math.max(1, samples.length) + 1e-12), LOUDEST / loudest)
  const edge = Math.min(160, samples.length >> 1)
  return samples.map((sample, index) => sample * gain * Math.min(1, index / edge, (samples.length - 1 - index) / edge))
}
