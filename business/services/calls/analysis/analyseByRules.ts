import type { Disposition } from '../../../models/call.ts'
import type { CallFindings, ConversationToAnalyse } from '../../../models/callFindings.ts'
import { keywordsOf } from './keywords.ts'
import { languageWords } from './languages/index.ts'
import type { LanguageWords } from './languages/words.ts'
import { countIn, says } from './phrases.ts'
import { sentencesOf, summaryOf } from './summary.ts'

/** More than an hour of talk is judged by its beginning and its end. */
const longestText = 60_000

/**
 * What can be told of a conversation without understanding it: its own most telling sentences, what it was about, the mood of its
 * words, and wishes that people put in set phrases. Says nothing where it finds nothing.
 */
export function analyseByRules({ language, turns, success_criterion }: ConversationToAnalyse): CallFindings {
  const words = languageWords(language)
  const heard = bounded(turns.filter(({ role }) => role === 'contact').map(({ text }) => text).join('\n'))
  const said = bounded(turns.map(({ text }) => text).join('\n'))
  const keywords = keywordsOf({ heard, said }, words)
  const disposition = dispositionOf(heard, words, success_criterion !== '')
  return {
    summary: summaryOf(sentencesOf(heard), keywords, words),
    keywords,
    sentiment: moodOf(heard, words),
    next_action: disposition ? words.nextActions[disposition] ?? null : null,
    disposition,
    // Words of an account are too free to be found by phrases.
    own_disposition: null,
    opt_out: disposition === 'do_not_call',
    success: null,
  }
}

const bounded = (text: string) => (text.length <= longestText ? text : `${text.slice(0, longestText / 2)}\n${text.slice(-longestText / 2)}`)

/** The first that is heard, the gravest first. Whether an assistant's own criterion was met is nothing that phrases can tell. */
function dispositionOf(heard: string, { phrases }: LanguageWords, hasCriterion: boolean): Disposition | null {
  for (const disposition of ['do_not_call', 'wrong_number', 'not_interested', 'callback', 'interested'] as const) {
    if (disposition === 'interested' && hasCriterion) return null
    if (says(heard, phrases[disposition])) return disposition
  }
  return null
}

function moodOf(heard: string, { positive, negative, phrases }: LanguageWords): CallFindings['sentiment'] {
  if (heard.trim() === '') return null
  const balance = countIn(heard, positive) - countIn(heard, negative) - 2 * Number(says(heard, phrases.do_not_call))
  return balance > 0 ? 'positive' : balance < 0 ? 'negative' : 'neutral'
}
