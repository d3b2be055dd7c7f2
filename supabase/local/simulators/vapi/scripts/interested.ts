import type { ScriptOf } from './script.ts'

/** The person has time, tells what hurts, and books a follow-up. A little over a minute. */
export const interested: ScriptOf = ({ name, greeting, company }) => ({
  endedReason: 'assistant-ended-call',
  ringSeconds: 4,
  lines: [
    ['assistant', greeting ?? 'Hello, good day. I hope I am not interrupting anything.'],
    ['contact', `Hi, yes, ${name ? `this is ${name}` : 'speaking'}. What is this about?`],
    ['assistant', `Thank you for picking up${name ? `, ${name}` : ''}. I will be brief: I would like to find out whether ${company ?? 'we'} could be of use to you. If not, I will let you go.`],
    ['contact', 'Fair enough, I have two minutes. I came across you a few weeks ago, actually.'],
    ['assistant', 'That is good to hear. May I ask how you do it today, and what you would like to be better?'],
    ['contact', 'Honestly, we still do most of it by hand. It works, but it eats up our mornings, and something always gets lost.'],
    ['assistant', 'Many people tell me just that. The best next step is a short call with a colleague, who can show you how it would look in your case. Would Thursday at ten suit you?'],
    ['contact', 'Thursday is difficult before noon. Could we say two o\'clock?'],
    ['assistant', 'Two o\'clock on Thursday it is. You will have an invitation by e-mail within the hour.'],
    ['contact', 'Good. And please bring a rough idea of the cost, I will be asked about that first.'],
    ['assistant', `We will. Thank you for your time${name ? `, ${name}` : ''}, and have a lovely day.`],
    ['contact', 'Thanks, you too. Bye.'],
  ],
  analysis: {
    summary: `${name ?? 'The person'} is interested, does most of the work by hand today and agreed to a follow-up call on Thursday at two o'clock. An invitation by e-mail was promised; the colleague should bring a rough idea of the cost.`,
    isSuccess: true,
    facts: { disposition: 'interested', follow_up: 'Thursday 14:00', sentiment: 'positive', opt_out: false },
  },
})
