import { saysWhoCalls } from './assistant.ts'

/** What has to be said at the start of a call besides the greeting; empty: nothing. In this order. */
export interface Disclosures {
  /** Who calls. */
  caller: string
  /** That this is no human. */
  ai: string
  /** That the call is recorded. */
  recording: string
  /** How never to be called again. */
  opt_out: string
}

/**
 * By which words a greeting says it already, in the languages that assistants speak most. Denials ("I am not a robot") are
 * taken out before anybody looks.
 */
const saysAlready: Readonly<Record<Exclude<keyof Disclosures, 'caller'>, RegExp>> = {
  ai: /\b(?:ai|a\.i|artificial intelligence|virtual (?:\w+ )?(?:assistant|agent|voice)|digital assistant|automated|robot|voice ?bot|ki|künstliche intelligenz|virtuelle\w*|digitale\w* assistent\w*|automatisch\w*|ia|inteligencia artificial|asistente virtual|automatizad\w*|intelligence artificielle|assistante? virtuelle?|automatisée?)(?![\p{L}\p{N}])/iu,
  recording: /\brecord(?:ed|ing)\b|aufgezeichnet|aufgenommen|aufzeichnung|mitgeschnitten|\bgrab(?:a|ada|ado|amos|ando|ación)\b|enregistr/iu,
  opt_out: /\bopt(?:ing)?[ -]?out\b|\b(?:off|from) (?:our|the|my|this) (?:\w+ )?list\b|\bnot (?:want )?(?:to )?be called\b|\b(?:stop|don.t|do not) call(?:ing)?\b|nicht (?:mehr|wieder|noch einmal) (?:an)?(?:ge)?ruf|\bvon (?:der|unserer) liste\b|\b(?:de|nuestra) (?:la |nuestra )?lista\b|\bde (?:la|notre) liste\b|ne plus (?:vous |être )?(?:r?appel)/iu,
}
const denials = /\b(?:not|no|never|isn.t|kein\w*|nicht|no es|pas)\s+(?:being\s+|an?\s+|un\s+|une\s+|ein\w*\s+)?(?:ai|robot|voice ?bot|machine|record\w*|roboter|ki|aufgezeichnet|aufgenommen|mitgeschnitten|enregistr\w*|graba\w*)(?![\p{L}\p{N}])/giu

/** A question that ends the greeting waits for the answer, so nothing may follow it. Titles are no ends of sentences; a preview asks before placeholders are filled in. */
const closingQuestion = /^(.*[\p{L}\p{N})}][.!…]["”’)]?)\s+([^.!?…]+\?["”’)]?)$/su
const title = /\b(?:Dr|Mr|Mrs|Ms|Mx|Prof|St|Sr|Sra|Mme|Hr|Fr)\.$/u

/**
 * The first words of a call: who calls, then whatever has to be said and is not said by the greeting itself, then the
 * greeting's question. Texts are rendered already.
 */
export function openingOf(greeting: string, disclosures: Disclosures, accountName: string): string {
  const words = greeting.trim()
  const affirmed = words.replace(denials, ' ')
  const missing = kinds.filter((kind) => disclosures[kind].trim() !== '' && !isSaid(kind, disclosures[kind], affirmed, accountName))
    .map((kind) => disclosures[kind].trim())
  if (missing.length === 0) return words
  const [head, question] = splitQuestion(words)
  return [asSentence(head), ...missing.map(asSentence), question].filter(Boolean).join(' ')
}

/** In the order in which they are said. */
const kinds = ['caller', 'ai', 'recording', 'opt_out'] as const

function isSaid(kind: keyof Disclosures, text: string, greeting: string, accountName: string): boolean {
  if (plain(greeting).includes(plain(text))) return true
  return kind === 'caller' ? saysWhoCalls(greeting, accountName) : saysAlready[kind].test(greeting)
}

function splitQuestion(words: string): [head: string, question: string] {
  const [, head, question] = closingQuestion.exec(words) ?? []
  return head && question && !title.test(head) ? [head, question] : [words, '']
}

const asSentence = (text: string) => (text === '' || /[.!?…]["”’)]?$/u.test(text) ? text : `${text}.`)

const plain = (text: string) => text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, ' ').trim()
