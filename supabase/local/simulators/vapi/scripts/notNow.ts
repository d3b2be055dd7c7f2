import type { ScriptOf } from './script.ts'

/** Friendly, short of time, bound elsewhere. Under a minute. */
export const notNow: ScriptOf = ({ name, greeting, company }) => ({
  endedReason: 'customer-ended-call',
  ringSeconds: 5,
  lines: [
    ['assistant', greeting ?? 'Hello, good day. I hope I am not interrupting anything.'],
    ['contact', name ? `Yes, ${name} speaking.` : 'Yes, speaking.'],
    ['assistant', 'Thank you. Let me say in one sentence why I am calling, and then you decide. Is that all right?'],
    ['contact', 'Go ahead, but I am about to walk into a meeting.'],
    ['assistant', `Then briefly: people in your position save themselves a good deal of work with ${company ?? 'us'}, and I would love to show you how.`],
    ['contact', 'It sounds fine, but we have just settled on something else for this year. It is not the right time.'],
    ['assistant', `I understand completely, and thank you for telling me so openly${name ? `, ${name}` : ''}. I wish you a good meeting.`],
    ['contact', 'Thanks. Goodbye.'],
  ],
  analysis: {
    summary: `${name ?? 'The person'} was friendly but on the way to a meeting, and has just settled on something else for this year. Not interested now.`,
    isSuccess: false,
    facts: { disposition: 'not_interested', sentiment: 'neutral', opt_out: false },
  },
})
