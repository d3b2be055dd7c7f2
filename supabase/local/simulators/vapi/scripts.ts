/**
 * What happens to a number. The last two digits decide (product.md: magic numbers); every other number falls to a fixed
 * share by a hash of itself, so that the same number always behaves the same.
 */
import type { Line } from './conversation.ts'

export interface Analysis { summary: string, successEvaluation: string, structuredData: Record<string, unknown> }
export interface Script {
  /** The provider's endedReason when the script runs to its end. */
  endedReason: string
  /** Absent: nobody picked up. */
  lines?: Line[]
  analysis?: Analysis
  ringSeconds: number
}
export interface Person { name: string, greeting: string }

type ScriptOf = (person: Person) => Script

const interested: ScriptOf = ({ name, greeting }) => ({
  endedReason: 'assistant-ended-call', ringSeconds: 5,
  lines: [
    ['assistant', greeting],
    ['contact', `Hi, yes, this is ${name}. What is this about?`],
    ['assistant', `Thanks for picking up, ${name}. You asked us for information a while ago, and I wanted to see whether it is still of interest. Is now a good moment?`],
    ['contact', 'Sure, I have two minutes. I did look at your page, actually. It looked useful.'],
    ['assistant', 'Great to hear. May I ask what you use today, and what you would like to be better?'],
    ['contact', 'Right now we do most of it by hand, and it eats up our mornings. I would love to have that time back.'],
    ['assistant', 'That is exactly where we can help. The best next step is a short call with a colleague who can show you. Would Thursday at ten suit you?'],
    ['contact', 'Thursday at ten works. Please send me an invitation by e-mail.'],
    ['assistant', `Wonderful, ${name}. You will have the invitation within the hour. Thank you for your time, and have a lovely day.`],
    ['contact', 'Thanks, you too. Bye.'],
  ],
  analysis: { summary: `${name} is interested, handles the work by hand today and agreed to a follow-up call on Thursday at ten. An invitation by e-mail was promised.`,
    successEvaluation: 'true', structuredData: { disposition: 'interested', follow_up: 'Thursday 10:00', sentiment: 'positive' } },
})

const notNow: ScriptOf = ({ name, greeting }) => ({
  endedReason: 'customer-ended-call', ringSeconds: 6,
  lines: [
    ['assistant', greeting],
    ['contact', `Yes, ${name} speaking.`],
    ['assistant', 'Thank you. I would like to tell you in one sentence why I am calling, and then you decide. Is that all right?'],
    ['contact', 'Go ahead, but I am about to walk into a meeting.'],
    ['assistant', 'Then briefly: many companies like yours save several hours a week with us, and we would love to show you how.'],
    ['contact', 'It sounds fine, but we have just signed with somebody else for a year. It is not the right time.'],
    ['assistant', 'I understand completely, and thank you for telling me. I wish you a good meeting.'],
    ['contact', 'Thanks. Goodbye.'],
  ],
  analysis: { summary: `${name} was friendly but has just signed with another provider for a year. Not interested now.`,
    successEvaluation: 'false', structuredData: { disposition: 'not_interested', sentiment: 'neutral' } },
})

const optsOut: ScriptOf = ({ name, greeting }) => ({
  endedReason: 'assistant-ended-call', ringSeconds: 4,
  lines: [
    ['assistant', greeting],
    ['contact', 'Please take me off your list and do not call this number again.'],
    ['assistant', 'Of course. I am removing your number now, and you will not be called again. I am sorry for the interruption. Goodbye.'],
  ],
  analysis: { summary: `${name} asked not to be called again. The request was confirmed.`, successEvaluation: 'false', structuredData: { disposition: 'do_not_call', opt_out: true, sentiment: 'negative' } },
})

const wrongNumber: ScriptOf = ({ name, greeting }) => ({
  endedReason: 'customer-ended-call', ringSeconds: 5,
  lines: [
    ['assistant', greeting],
    ['contact', `There is no ${name} here. You have the wrong number.`],
    ['assistant', 'I am sorry to have disturbed you. I will make a note of it. Goodbye.'],
  ],
  analysis: { summary: `Somebody else answered: ${name} cannot be reached at this number.`, successEvaluation: 'false', structuredData: { disposition: 'wrong_number', sentiment: 'neutral' } },
})

const hangsUp: ScriptOf = ({ greeting }) => ({
  endedReason: 'customer-ended-call', ringSeconds: 5,
  lines: [['assistant', greeting], ['contact', 'No thanks.']],
  analysis: { summary: 'The person hung up right after the greeting.', successEvaluation: 'false', structuredData: { disposition: 'not_interested', sentiment: 'negative' } },
})

/** The machine's speech has the contact's role, as in real payloads. */
const voicemail: ScriptOf = () => ({
  endedReason: 'voicemail', ringSeconds: 12,
  lines: [['contact', 'You have reached my voicemail. I cannot take your call right now. Please leave a message after the tone.']],
})

const providerFault: ScriptOf = () => ({ endedReason: 'call.in-progress.error-providerfault-openai-llm-failed', ringSeconds: 4, lines: [] })
const busy: ScriptOf = () => ({ endedReason: 'customer-busy', ringSeconds: 2 })
const noAnswer: ScriptOf = () => ({ endedReason: 'customer-did-not-answer', ringSeconds: 24 })

const MAGIC: Record<string, ScriptOf> = {
  '01': notNow, '02': busy, '03': noAnswer, '04': voicemail, '05': optsOut, '06': wrongNumber, '07': interested, '08': hangsUp, '09': providerFault,
}
const SHARES: [upTo: number, script: ScriptOf][] = [[0.35, interested], [0.65, notNow], [0.7, hangsUp], [0.8, voicemail], [0.93, noAnswer], [1, busy]]

export function scriptFor(number: string, person: Person): Script {
  const chosen = MAGIC[number.slice(-2)] ?? SHARES.find(([upTo]) => shareOf(number) < upTo)?.[1] ?? notNow
  return chosen(person)
}

/** A fixed value from 0 to 1 for a text (FNV-1a). */
export function shareOf(text: string): number {
  let hash = 0x811C9DC5
  for (const character of text) hash = Math.imul(hash ^ character.charCodeAt(0), 0x01000193)
  return (hash >>> 0) / 2 ** 32
}
