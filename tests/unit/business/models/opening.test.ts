import { describe, expect, it } from 'vitest'
import { openingOf, type Disclosures } from '../../../../business/models/opening.ts'
import { processorMs } from '../../../support/processorTime.ts'

const all: Disclosures = { caller: 'This is a call from Acme.', ai: 'I am an AI assistant.', recording: 'This call is recorded.', opt_out: 'Say stop and I will not call again.' }
const none: Disclosures = { caller: '', ai: '', recording: '', opt_out: '' }
const opening = (greeting: string, disclosures: Partial<Disclosures> = all) => openingOf(greeting, { ...none, ...disclosures }, 'Acme, Inc.')

describe('the opening of a call', () => {
  it('says who calls, then that it is an AI, that it is recorded, and how to opt out', () => {
    expect(opening('Hi Ann, this is Ava of Acme.')).toBe('Hi Ann, this is Ava of Acme. I am an AI assistant. This call is recorded. Say stop and I will not call again.')
  })

  it('says who calls where the greeting does not', () => {
    expect(opening('Hi Ann, this is Ava.', { caller: all.caller, ai: all.ai })).toBe('Hi Ann, this is Ava. This is a call from Acme. I am an AI assistant.')
  })

  it('is the greeting alone where nothing is demanded', () => {
    expect(opening('  Hi Ann, this is Ava ', {})).toBe('Hi Ann, this is Ava')
  })

  it('keeps the greeting\'s question for the end', () => {
    expect(opening('Hi Ann, this is Ava of Acme. Do you have a minute?')).toBe(
      'Hi Ann, this is Ava of Acme. I am an AI assistant. This call is recorded. Say stop and I will not call again. Do you have a minute?')
    expect(opening('Am I speaking to Dr. Ann Lee?', { recording: all.recording })).toBe('Am I speaking to Dr. Ann Lee? This call is recorded.')
    expect(opening('Hi, do you have a minute?', { recording: 'Recorded' })).toBe('Hi, do you have a minute? Recorded.')
  })

  it('ends each sentence', () => {
    expect(opening('Hi, Ava of Acme', { ai: 'I am an AI' })).toBe('Hi, Ava of Acme. I am an AI.')
  })

  it.each([
    ['ai', 'this is the virtual assistant of Acme.'], ['ai', 'this is Ava, an AI of Acme.'], ['ai', 'this is an automated call.'], ['ai', 'this is a robot.'],
    ['ai', 'hier ist die virtuelle Assistentin von Acme.'], ['ai', 'hier spricht eine KI.'], ['ai', 'soy una inteligencia artificial.'], ['ai', 'je suis une assistante virtuelle.'],
    ['recording', 'this call is being recorded.'], ['recording', 'for your safety, recording is on.'], ['recording', 'dieses Gespräch wird aufgezeichnet.'],
    ['recording', 'esta llamada se graba, ¿de acuerdo?'], ['recording', 'cet appel est enregistré.'],
    ['opt_out', 'if you do not want to be called again, tell me.'], ['opt_out', 'say stop to be taken off our list.'], ['opt_out', 'you can opt out any time.'],
    ['opt_out', 'wenn wir nicht mehr anrufen sollen, sagen Sie es.'], ['opt_out', 'pour ne plus être appelé, dites stop.'],
  ] as const)('does not say twice what the greeting says (%s: %s)', (kind, said) => {
    expect(opening(`Hello, ${said}`, { [kind]: all[kind] })).toBe(`Hello, ${said}`)
  })

  it.each([
    ['ai', 'I am not a robot.'], ['ai', 'Hi, Ava of Aida and Kiki here.'], ['ai', 'Guten Tag, hier ist kein Roboter.'], ['recording', 'This call is not recorded.'],
    ['recording', 'Dieses Gespräch wird nicht aufgezeichnet.'], ['opt_out', 'We called you last week.'], ['opt_out', 'You are on our list.'],
  ] as const)('says it all the same when the greeting denies it or speaks of something else (%s: %s)', (kind, greeting) => {
    expect(opening(greeting, { [kind]: all[kind] })).toBe(`${greeting} ${all[kind]}`)
  })

  it('knows its own sentence in a greeting, whatever its punctuation', () => {
    expect(opening('Hi. SAY STOP – and I will not call again!', { opt_out: all.opt_out })).toBe('Hi. SAY STOP – and I will not call again!')
  })

  it('does not chew on a greeting as long as it may be', () => {
    const greetings = ['. '.repeat(500), 'a. '.repeat(333), `${'not '.repeat(250)}?`, '?'.repeat(1000), 'de '.repeat(333)]
    expect(processorMs(() => greetings.forEach((greeting) => opening(greeting)))).toBeLessThan(1000)
  })
})
