/** English. The short ones are here, the long conversations in enLong.ts. */
import type { Words } from '../script.ts'
import { nextTimeAtFive } from '../times.ts'
import { afterTheTone } from './afterTheTone.ts'
import { elderly, haggler, interested, screening } from './enLong.ts'

const HELLO = 'Hello, good day. I hope I am not interrupting anything.'

export const en: Words = {
  interested, elderly, haggler, screening,

  notNow: ({ name, greeting, company }) => ({
    lines: [
      ['assistant', greeting ?? HELLO],
      ['contact', name ? `Yes, ${name} speaking.` : 'Yes, speaking.'],
      ['assistant', 'Thank you. Let me say in one sentence why I am calling, and then you decide. Is that all right?'],
      ['contact', 'Go ahead, but I am about to walk into a meeting.'],
      ['assistant', `Then briefly: people in your position save themselves a good deal of work with ${company ?? 'us'}, and I would love to show you how.`],
      ['contact', 'It sounds fine, but we have just settled on something else for this year. It is not the right time.'],
      ['assistant', `I understand completely, and thank you for telling me so openly${name ? `, ${name}` : ''}. I wish you a good meeting.`],
      ['contact', 'Thanks. Goodbye.'],
    ],
    summary: `${name ?? 'The person'} was friendly but on the way to a meeting, and has just settled on something else for this year. Not interested now.`,
  }),

  hangsUp: ({ greeting }) => ({
    lines: [['assistant', greeting ?? HELLO], ['contact', 'No, thanks.']],
    summary: 'The person hung up right after the greeting.',
  }),

  optsOut: ({ name, greeting, optOutSentence }) => ({
    lines: [
      ['assistant', greeting ?? HELLO],
      ['contact', 'Please take me off your list, and do not call this number again.'],
      ['assistant', optOutSentence ?? 'Of course. I am removing your number now, and you will not be called again. I am sorry for the interruption. Goodbye.', 'opt_out'],
    ],
    summary: `${name ?? 'The person'} asked not to be called again. The request was confirmed.`,
  }),

  wrongNumber: ({ name, greeting }) => ({
    lines: [
      ['assistant', greeting ?? HELLO],
      ['contact', `${name ? `There is no ${name} here.` : 'I am not the one you are looking for.'} I think you have the wrong number.`],
      ['assistant', 'Then I am sorry to have disturbed you. I will make a note of it. Goodbye.'],
      ['contact', 'No problem. Bye.'],
    ],
    summary: `Somebody else answered: ${name ?? 'the contact'} cannot be reached at this number.`,
  }),

  voicemail: ({ greeting, detectsVoicemail, voicemailMessage }) => ({
    lines: [
      ['contact', 'You have reached my voicemail. I cannot take your call right now. Please leave a message after the tone.', 'beep'],
      ...afterTheTone(detectsVoicemail ? voicemailMessage : greeting ?? HELLO),
    ],
    summary: '',
  }),

  callBack: ({ name, greeting, now }) => {
    const when = nextTimeAtFive(now).isToday ? 'at five this afternoon' : 'tomorrow at five'
    return {
      lines: [
        ['assistant', greeting ?? HELLO],
        ['contact', 'Hello? Sorry, I am driving, you are on the speaker and it is loud in here.'],
        ['assistant', 'Then I will not keep you on the road. When may I call you instead?'],
        ['contact', `Call me ${when}, I will be home by then. It does interest me, just not now.`],
        ['assistant', `Gladly: ${when}${name ? `, ${name}` : ''}. Is this the best number for you?`, 'call_back'],
        ['contact', 'Yes, same number. I have to hang up, there is a tunnel.'],
      ],
      summary: `${name ?? 'The person'} was driving and asked to be called again ${when}, at the same number. Interested in principle.`,
    }
  },

  annoyed: ({ name, greeting, company }) => ({
    lines: [
      ['assistant', greeting ?? HELLO],
      ['contact', 'Not again. Where did you people get my number?'],
      ['assistant', `I am sorry to catch you at a bad moment. You left your number with ${company ?? 'us'} when you asked about our service.`],
      ['contact', 'I never asked about anything. This is the third call this week, and always in the middle of work.'],
      ['assistant', 'I understand that this is tiresome. I only wanted to ask whether…'],
      ['contact', 'No. I am not buying anything from a company that rings me at lunch. That is all I have to say.'],
    ],
    summary: `${name ?? 'The person'} was annoyed about being called during work for the third time this week, doubted where the number came from, and hung up.`,
  }),

  asksRobot: ({ name, greeting, company }) => ({
    lines: [
      ['assistant', greeting ?? HELLO],
      ['contact', 'Hi. Wait a second, are you a robot?'],
      ['assistant', `You noticed. Yes, I am a virtual assistant${company ? ` of ${company}` : ''}, and I say so whenever I am asked. Is that all right with you?`],
      ['contact', 'Ha, I knew it. You sound better than the last one. Well then, what do you want?'],
      ['assistant', 'To find out in two questions whether we could be useful to you. If you would rather speak with a person, I can arrange that too.'],
      ['contact', 'No, no, but I do not decide such things on the phone. Send me something I can read, my partner wants to see it as well.'],
      ['assistant', `Gladly. You will have two pages by e-mail today, with prices. Thank you for your patience with a machine${name ? `, ${name}` : ''}.`],
      ['contact', 'You are welcome, I suppose. Bye, robot.'],
    ],
    summary: `${name ?? 'The person'} asked whether the caller was a robot, took the honest answer with humour and wants written information with prices by e-mail, to read together with a partner.`,
  }),

  silence: ({ greeting, asksAgain }) => ({
    lines: [['assistant', greeting ?? HELLO], ['assistant', asksAgain ?? 'Hello, can you hear me?', undefined, 7], ['assistant', 'I cannot hear anybody. I will try again another time.', undefined, 9]],
    summary: '',
  }),
}
