/** The English conversations that take their time. */
import type { DialogueOf } from '../script.ts'

const HELLO = 'Hello, good day. I hope I am not interrupting anything.'

/** The person has time, tells what hurts, and books a follow-up. A little over a minute. */
export const interested: DialogueOf = ({ name, greeting, company }) => ({
  lines: [
    ['assistant', greeting ?? HELLO],
    ['contact', `Hi, yes, ${name ? `this is ${name}` : 'speaking'}. What is this about?`],
    ['assistant', `Thank you for picking up${name ? `, ${name}` : ''}. I will be brief: I would like to find out whether ${company ?? 'we'} could be of use to you. If not, I will let you go.`],
    ['contact', 'Fair enough, I have two minutes. I came across you a few weeks ago, actually.'],
    ['assistant', 'That is good to hear. May I ask how you do it today, and what you would like to be better?'],
    ['contact', 'Honestly, we still do most of it by hand. It works, but it eats up our mornings, and something always gets lost.'],
    ['assistant', 'Many people tell me just that. The best next step is a short call with a colleague, who can show you how it would look in your case. Would Thursday at ten suit you?'],
    ['contact', 'Thursday is difficult before noon. Could we say two o\'clock?'],
    ['assistant', 'Two o\'clock on Thursday it is. You will have an invitation by e-mail within the hour.', 'book'],
    ['contact', 'Good. And please bring a rough idea of the cost, I will be asked about that first.'],
    ['assistant', `We will. Thank you for your time${name ? `, ${name}` : ''}, and have a lovely day.`],
    ['contact', 'Thanks, you too. Bye.'],
  ],
  summary: `${name ?? 'The person'} is interested, does most of the work by hand today and agreed to a follow-up call on Thursday at two o'clock. An invitation by e-mail was promised; the colleague should bring a rough idea of the cost.`,
})

/** Kind, slow, hears badly, asks to repeat, and wants it in writing. */
export const elderly: DialogueOf = ({ name, greeting, company }) => ({
  lines: [
    ['assistant', greeting ?? HELLO],
    ['contact', 'Yes? Hello? You will have to speak up, dear, I do not hear so well.'],
    ['assistant', `Of course. My name does not matter much, I am the virtual assistant of ${company ?? 'the company'}. Is this a good moment?`],
    ['contact', 'The virtual what? Could you say that again, please?'],
    ['assistant', 'A computer that can speak. I call to ask whether you are content with what you have at home.'],
    ['contact', 'A computer! My grandson would like that. Oh yes, I am quite content. Although the bills are so hard to read, with such small print.'],
    ['assistant', 'We can send you ours in large print, if you like. Shall I have a letter sent to you?'],
    ['contact', 'One moment, I have to turn the kettle off. So. What was it you wanted to send me?'],
    ['assistant', 'A letter in large print, which explains everything, and which you need not answer.'],
    ['contact', 'Yes, a letter is nice. But I will not sign anything on the telephone, my daughter looks after that.'],
    ['assistant', 'That is very wise. A letter, then, and your daughter can call us if she has questions.'],
    ['contact', 'Thank you, dear. You are a very polite computer. Goodbye.'],
  ],
  summary: `${name ?? 'The person'}, elderly and hard of hearing, asked several times to repeat. Content at present but finds the bills hard to read; a letter in large print was promised. A daughter decides, nothing was agreed on the phone.`,
})

/** The longest: wants it, and wants it cheaper. */
export const haggler: DialogueOf = ({ name, greeting, company }) => ({
  lines: [
    ['assistant', greeting ?? HELLO],
    ['contact', 'Let us skip the weather. What does it cost?'],
    ['assistant', `Two hundred and forty a month for a company of your size, everything included. May I say what ${company ?? 'that'} does for it?`],
    ['contact', 'I know what it does, I read your page. Two hundred and forty is too much, I pay one hundred and fifty today.'],
    ['assistant', 'Does that include the evenings and the reports? With most others those come on top.'],
    ['contact', 'No, the reports are another forty. Fine, so I pay one hundred and ninety. You are still more expensive.'],
    ['assistant', 'You are right, by fifty. For that you would save about an hour a day, which our customers tell us is the main thing.'],
    ['contact', 'They always say that. What about one hundred and sixty, and I sign for two years?'],
    ['assistant', 'For two years I can go down to two hundred. Below that I would have to ask a colleague.'],
    ['contact', 'Then ask. Another one offers me one hundred and seventy, in writing, with three months free.'],
    ['assistant', 'I believe you. Let me be open: one hundred and eighty for two years with the reports is the lowest I have ever seen approved.'],
    ['contact', 'And the first month free?'],
    ['assistant', 'I cannot promise it, but I will note that you asked. A colleague decides, and can call you on Thursday at two.', 'book'],
    ['contact', 'One hundred and eighty, reports included, and he had better bring the free month. Thursday at two is fine.'],
    ['assistant', `Then I note one hundred and eighty, two years, reports included, the free month as a wish. It was a pleasure${name ? `, ${name}` : ''}.`],
    ['contact', 'You drive a hard bargain for a machine. Until Thursday.'],
  ],
  summary: `${name ?? 'The person'} pays one hundred and ninety a month today and negotiated down to one hundred and eighty for two years with reports included, subject to approval; asks for the first month free and has a competing offer of one hundred and seventy. A colleague calls on Thursday at two.`,
})

/** A phone's own assistant asks who calls; it answers like a person, and nobody ever comes. */
export const screening: DialogueOf = ({ name, greeting, company }) => ({
  lines: [
    ['contact', 'Hi. The person you are calling is using a screening service and will get a copy of this conversation. Who is calling, please?'],
    ['assistant', greeting ?? HELLO],
    ['contact', 'Thank you. Please say what the call is about.'],
    ['assistant', `I call on behalf of ${company ?? 'our company'}, about a short question${name ? ` for ${name}` : ''}. It takes two minutes.`],
    ['contact', 'Is it urgent?'],
    ['assistant', 'No, it is not. I can call again at another time.'],
    ['contact', 'They cannot come to the phone right now. Goodbye.'],
  ],
  summary: `A call screening service answered, asked who was calling and why, and ended the call. ${name ?? 'The person'} was not reached.`,
})
