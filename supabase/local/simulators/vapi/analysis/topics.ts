/** What a field of a schema asks about, judged by its name and then by its description. */
import type { Knowledge } from './knowledge.ts'

/** A value the conversation gave, and the words an enum may have for it. */
export interface Finding { value: string | number | boolean | Date | undefined, synonyms?: readonly string[] }

const SYNONYMS: Record<string, readonly string[]> = {
  interested: ['interested', 'very_interested', 'hot', 'qualified', 'show_project', 'success', 'successful', 'booked', 'appointment', 'meeting_booked', 'converted', 'warm', 'positive', 'yes'],
  information: ['information', 'send_information', 'wants_information', 'information_requested', 'follow_up', 'nurture', 'warm', 'maybe', 'neutral', 'undecided'],
  callback: ['callback', 'call_back', 'callback_requested', 'call_again', 'call_later', 'reschedule', 'rescheduled', 'later', 'follow_up', 'maybe'],
  not_interested: ['not_interested', 'no_interest', 'uninterested', 'rejected', 'declined', 'lost', 'cold', 'unqualified', 'negative', 'no', 'failed'],
  do_not_call: ['do_not_call', 'dnc', 'opt_out', 'opted_out', 'unsubscribe', 'unsubscribed', 'remove', 'removed', 'not_interested', 'negative', 'no'],
  wrong_number: ['wrong_number', 'wrong_person', 'invalid_number', 'unreachable', 'not_reached', 'invalid', 'other'],
  screened: ['screened', 'call_screening', 'not_reached', 'unreachable', 'gatekeeper', 'other', 'unknown'],
  positive: ['positive', 'happy', 'friendly', 'satisfied', 'good', 'very_positive'],
  neutral: ['neutral', 'mixed', 'calm', 'indifferent', 'ok'],
  negative: ['negative', 'angry', 'annoyed', 'frustrated', 'unhappy', 'dissatisfied', 'bad', 'very_negative'],
}

const word = (value: string): Finding => ({ value, synonyms: SYNONYMS[value] ?? [value] })

const TOPICS: [about: RegExp, find: (knowledge: Knowledge) => Finding][] = [
  [/opt.?out|opted|do.?not.?call|\bdnc\b|unsubscribe|remove/, ({ opt_out }) => ({ value: opt_out })],
  [/wrong.?(number|person|party)/, ({ is_right_person }) => ({ value: !is_right_person })],
  [/right.?(person|party|contact)|decision.?maker/, ({ is_right_person }) => ({ value: is_right_person })],
  [/robot|human|\bis.?ai\b|machine/, ({ asked_if_robot }) => ({ value: asked_if_robot ?? false })],
  [/call.?back|call.?again|call.?later|better.?time|re.?schedul/, ({ callback_at }) => ({ value: callback_at })],
  [/appointment|meeting|demo|visit|booked|booking|slot/, ({ appointment_at }) => ({ value: appointment_at })],
  [/follow.?up|next.?(step|action|call|contact)/, ({ appointment_at, callback_at }) => ({ value: appointment_at ?? callback_at })],
  [/sentiment|mood|tone|attitude/, ({ sentiment }) => word(sentiment)],
  [/disposition|outcome|result|status|qualification|category|classification/, ({ disposition }) => word(disposition)],
  [/interest|likelihood|score|rating|intent|temperature|priority/, ({ interest, disposition }) => ({ value: interest, synonyms: SYNONYMS[disposition] })],
  [/price|budget|cost|amount|offer/, ({ price }) => ({ value: price })],
  [/summary|notes?\b|recap/, ({ summary }) => ({ value: summary })],
  [/success|qualified|goal|reached|converted/, ({ is_success }) => ({ value: is_success })],
  [/e.?mail/, ({ email }) => ({ value: email })],
  [/phone|telephone|mobile/, ({ phone }) => ({ value: phone })],
  [/^(full.?|first.?|contact.?|customer.?)?name$/, ({ name }) => ({ value: name })],
  [/reason|quote|verbatim|wish|request/, ({ sentences }) => ({ value: sentences.slice().sort((one, other) => other.length - one.length)[0] })],
]

/** The name speaks louder than the description. Null: nothing here is about it. */
export function findingOf(name: string, description: string, knowledge: Knowledge): Finding | null {
  for (const text of [name, description]) {
    const plain = text.replace(/([a-z])([A-Z])/g, '$1_$2').toLowerCase()
    const topic = TOPICS.find(([about]) => about.test(plain))
    if (topic) return topic[1](knowledge)
  }
  return null
}

const STOP_WORDS = new Set(['about', 'after', 'answer', 'asked', 'caller', 'company', 'contact', 'current', 'currently', 'customer', 'does', 'from', 'have', 'person', 'said', 'says', 'that',
  'their', 'they', 'this', 'what', 'when', 'whether', 'which', 'with', 'would'])

/** The first sentence of the contact that shares a word with the question. */
export function sentenceAbout(name: string, description: string, { sentences }: Knowledge): string | undefined {
  const stems = stemsOf(`${name} ${description}`)
  return sentences.find((sentence) => stemsOf(sentence).some((stem) => stems.includes(stem)))
}

/** The longest words of the contact, as a model lists what a conversation was about. */
export function keywordsIn({ sentences }: Knowledge): string[] {
  const words = sentences.join(' ').toLowerCase().match(/\p{L}{6,}/gu) ?? []
  return [...new Set(words)].filter((one) => !STOP_WORDS.has(one)).sort((one, other) => other.length - one.length).slice(0, 5)
}

function stemsOf(text: string): string[] {
  const words = text.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase().match(/\p{L}{4,}/gu) ?? []
  return words.filter((one) => !STOP_WORDS.has(one)).map((one) => one.slice(0, 5))
}
