/** The calls that are over quickly. */
import type { ScriptOf } from './script.ts'

const HELLO = 'Hello, good day. I hope I am not interrupting anything.'

/** Asks not to be called again; the assistant uses its opt-out tool, if it has one, and says so. */
export const optsOut: ScriptOf = ({ name, greeting }) => ({
  endedReason: 'assistant-ended-call',
  ringSeconds: 4,
  lines: [
    ['assistant', greeting ?? HELLO],
    ['contact', 'Please take me off your list, and do not call this number again.'],
    ['assistant', 'Of course. I am removing your number now, and you will not be called again. I am sorry for the interruption. Goodbye.', 'opt_out'],
  ],
  analysis: { summary: `${name ?? 'The person'} asked not to be called again. The request was confirmed.`, isSuccess: false, facts: { disposition: 'do_not_call', opt_out: true, sentiment: 'negative' } },
})

/** Somebody else answers. */
export const wrongNumber: ScriptOf = ({ name, greeting }) => ({
  endedReason: 'customer-ended-call',
  ringSeconds: 5,
  lines: [
    ['assistant', greeting ?? HELLO],
    ['contact', `${name ? `There is no ${name} here.` : 'I am not the one you are looking for.'} I think you have the wrong number.`],
    ['assistant', 'Then I am sorry to have disturbed you. I will make a note of it. Goodbye.'],
    ['contact', 'No problem. Bye.'],
  ],
  analysis: { summary: `Somebody else answered: ${name ?? 'the contact'} cannot be reached at this number.`, isSuccess: false, facts: { disposition: 'wrong_number', sentiment: 'neutral', opt_out: false } },
})

export const hangsUp: ScriptOf = ({ greeting }) => ({
  endedReason: 'customer-ended-call',
  ringSeconds: 5,
  lines: [['assistant', greeting ?? HELLO], ['contact', 'No, thanks.']],
  analysis: { summary: 'The person hung up right after the greeting.', isSuccess: false, facts: { disposition: 'not_interested', sentiment: 'negative', opt_out: false } },
})

/** The machine speaks with the person's role, as in real payloads; without detection it looks like an answered call. */
export const voicemail: ScriptOf = ({ greeting, detectsVoicemail, voicemailMessage }) => ({
  endedReason: detectsVoicemail ? 'voicemail' : 'silence-timed-out',
  ringSeconds: 9,
  lines: [
    ['contact', 'You have reached my voicemail. I cannot take your call right now. Please leave a message after the tone.', 'beep'],
    ...(detectsVoicemail ? saying(voicemailMessage) : saying(greeting ?? HELLO)),
  ],
})

export const busy: ScriptOf = () => ({ endedReason: 'customer-busy', ringSeconds: 2 })
export const noAnswer: ScriptOf = () => ({ endedReason: 'customer-did-not-answer', ringSeconds: 24 })
/** Picked up, and the provider breaks before the first word. */
export const providerFault: ScriptOf = () => ({ endedReason: 'call.in-progress.error-providerfault-openai-llm-failed', ringSeconds: 4, lines: [] })

function saying(text: string | null): ['assistant', string][] {
  return text === null ? [] : [['assistant', text]]
}
