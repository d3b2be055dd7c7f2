/** Stand-ins for listening: where it is loud and quiet, how high each voice is, how sharp, and how long it takes to make. */
import { describe, expect, test } from 'vitest'
import { recordingOf, sampleOf, type Mix } from '../../../../supabase/local/simulators/vapi/audio/recording.ts'
import { layOut, type Conversation, type Line, type Role } from '../../../../supabase/local/simulators/vapi/conversation.ts'
import { PEOPLE, type PersonName } from '../../../../supabase/local/simulators/vapi/people.ts'
import { scriptFor } from '../../../../supabase/local/simulators/vapi/scripts/index.ts'
import type { Scene } from '../../../../supabase/local/simulators/vapi/scripts/script.ts'
import { processorMs } from '../../../support/processorTime.ts'
import { GREETING } from './support.ts'

const RATE = 8000
const scene: Scene = {
  name: 'Grace', greeting: GREETING, company: null, language: 'en', optOutSentence: null, asksAgain: null, goodbye: null, endPhrases: [],
  detectsVoicemail: true, voicemailMessage: null, now: new Date(0),
}

function conversationOf(number: string): Conversation {
  const script = scriptFor(number, scene)
  return layOut(script.lines ?? [], 600, script)
}

function samplesOf(conversation: Conversation, mix: Mix, channel = 0, channels = 1): Float64Array {
  return samplesIn(recordingOf(conversation, mix), channel, channels)
}

function samplesIn(file: Uint8Array<ArrayBuffer>, channel = 0, channels = 1): Float64Array {
  const view = new DataView(file.buffer)
  return Float64Array.from({ length: (file.byteLength - 44) / 2 / channels }, (_, index) => view.getInt16(44 + (index * channels + channel) * 2, true) / 32_768)
}

const part = (samples: Float64Array, from: number, seconds: number) => samples.subarray(Math.round(from * RATE), Math.round((from + seconds) * RATE))
const rms = (samples: Float64Array) => Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / Math.max(1, samples.length))

/** The median pitch of the loud stretches, by autocorrelation. */
function pitchOf(samples: Float64Array): number {
  const pitches: number[] = []
  for (let from = 0; from + 400 < samples.length; from += 400) {
    const window = samples.subarray(from, from + 400)
    if (rms(window) < 0.06) continue
    const likeness = (lag: number) => window.subarray(0, 300).reduce((sum, sample, index) => sum + sample * (window[index + lag] ?? 0), 0)
    const scores = Array.from({ length: 100 }, (_, lag) => lag < 24 ? 0 : likeness(lag))
    pitches.push(RATE / scores.indexOf(Math.max(...scores)))
  }
  return pitches.sort((one, other) => one - other)[pitches.length >> 1] ?? 0
}

describe('the recording of an interested contact', () => {
  const conversation = conversationOf('+12124567807')
  const mono = samplesOf(conversation, 'mono')

  test('lasts as long as the conversation', () => {
    expect(mono.length / RATE).toBeCloseTo(conversation.seconds, 3)
  })

  test('is loud in every turn and quiet between them', () => {
    let end = 0
    for (const turn of conversation.turns) {
      expect(rms(part(mono, turn.startsAt, turn.seconds))).toBeGreaterThan(0.05)
      expect(rms(part(mono, end + 0.02, turn.startsAt - end - 0.04))).toBeLessThan(0.002)
      end = turn.startsAt + turn.seconds
    }
  })

  test('lets each be heard on a side of their own', () => {
    const sides: Record<Role, Float64Array> = { contact: samplesOf(conversation, 'stereo', 0, 2), assistant: samplesOf(conversation, 'stereo', 1, 2) }
    for (const turn of conversation.turns) {
      const other = turn.role === 'contact' ? 'assistant' : 'contact'
      expect(rms(part(sides[turn.role], turn.startsAt, turn.seconds))).toBeGreaterThan(20 * rms(part(sides[other], turn.startsAt, turn.seconds)))
    }
  })

  test('has two voices that cannot be confused', () => {
    const [assistant, contact] = [pitchOf(samplesOf(conversation, 'assistant')), pitchOf(samplesOf(conversation, 'contact'))]
    expect(assistant).toBeGreaterThan(180)
    expect(assistant).toBeLessThan(250)
    expect(contact).toBeGreaterThan(90)
    expect(contact).toBeLessThan(140)
  })

  test('is a moderate voice: never clipped, never clicking, more low than sharp, in syllables', () => {
    const loudest = mono.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0)
    expect(loudest).toBeGreaterThan(0.2)
    expect(loudest).toBeLessThan(0.7)
    const jumps = mono.map((sample, index) => Math.abs(sample - (mono[index - 1] ?? sample)))
    expect(jumps.reduce((most, jump) => Math.max(most, jump), 0)).toBeLessThan(0.5)
    expect(rms(jumps)).toBeLessThan(rms(mono) * 0.6)
    const first = conversation.turns[0]
    const speech = part(mono, first?.startsAt ?? 0, first?.seconds ?? 0)
    const envelope = Array.from({ length: Math.floor(speech.length / 160) }, (_, index) => rms(speech.subarray(index * 160, index * 160 + 160)))
    const dips = envelope.filter((level, index) => index > 0 && level < (envelope[index - 1] ?? 0) && level <= (envelope[index + 1] ?? 0))
    expect(dips.length / (first?.seconds ?? 1)).toBeGreaterThan(2)
    expect(dips.length / (first?.seconds ?? 1)).toBeLessThan(9)
  })

  test('is made once, and a minute of it in less than 300 ms', () => {
    const takes = [1, 2, 3].map(() => {
      const fresh = conversationOf('+12124567807')
      let file: ReturnType<typeof recordingOf> | undefined
      const milliseconds = processorMs(() => {
        file = recordingOf(fresh, 'mono')
      })
      expect(recordingOf(fresh, 'mono')).toBe(file)
      return milliseconds / fresh.seconds * 60
    })
    expect(Math.min(...takes)).toBeLessThan(300)
  })

  test('always sounds the same', () => {
    expect(Buffer.from(recordingOf(conversationOf('+12124567807'), 'mono')).equals(Buffer.from(recordingOf(conversation, 'mono')))).toBe(true)
  })
})

describe('each person', () => {
  const LINES: Line[] = [['assistant', 'Good morning, do you have a moment for a question?'], ['contact', 'Go on, I have all morning for you, and nothing else to do.']]
  const spokenBy = (person: PersonName) => layOut(LINES, 600, { person, silenceAtEnd: 2 })
  const assistant = pitchOf(samplesOf(spokenBy('man'), 'assistant'))

  test.each(Object.keys(PEOPLE) as PersonName[])('%s has a pitch of their own, well below the assistant\'s', (person) => {
    const pitch = pitchOf(samplesOf(spokenBy(person), 'contact'))
    expect(pitch / PEOPLE[person].voice.pitch).toBeCloseTo(1, 0)
    expect(assistant - pitch).toBeGreaterThan(25)
  })

  test('in a car has the road behind them, below their voice, and the assistant has not', () => {
    const conversation = spokenBy('driver')
    const silence = [conversation.seconds - 1.5, 1] as const
    const road = rms(part(samplesOf(conversation, 'contact'), ...silence))
    expect(road).toBeGreaterThan(0.003)
    expect(road).toBeLessThan(0.02)
    expect(rms(part(samplesOf(conversation, 'assistant'), ...silence))).toBeLessThan(0.001)
    expect(rms(part(samplesOf(spokenBy('man'), 'contact'), ...silence))).toBeLessThan(0.001)
  })
})

test('a machine ends with a tone of 1 kHz', () => {
  const conversation = conversationOf('+12124567804')
  const turn = conversation.turns[0]
  const tone = part(samplesOf(conversation, 'mono'), (turn?.startsAt ?? 0) + (turn?.seconds ?? 0) + 0.3, 0.2)
  expect(rms(tone)).toBeCloseTo(0.1 / Math.SQRT2, 2)
  expect(tone.filter((sample, index) => index > 0 && sample >= 0 && (tone[index - 1] ?? 0) < 0).length).toBeCloseTo(200, -1)
})

test('an assistant sounds as its voice, one unlike the other, and a sample of it is a second or more', () => {
  const pitches = ['Elliot', 'Savannah', 'de-DE-ConradNeural'].map((voice) => pitchOf(samplesIn(sampleOf(voice))))
  expect(pitches[0]).toBeGreaterThan((pitches[2] ?? 0) + 5)
  expect(pitches[1]).toBeGreaterThan((pitches[0] ?? 0) + 60)
  expect(samplesIn(sampleOf('Unheard of')).length).toBeGreaterThan(RATE)
})

test('a call without words has an empty file', () => {
  expect(recordingOf(layOut([], 600), 'mono').byteLength).toBe(44)
})
