import { callSentimentSchema, dispositionSchema } from '../../../models/call.ts'
import type { DialOrder } from '../../../models/dial.ts'
import { wordsToChooseFrom, type OfferedDisposition } from '../../../models/disposition.ts'
import type { ExtractionField } from '../../../models/extraction.ts'

type Say = (text: string) => string

/** Longer than VAPI's five seconds: without this data an opt-out that the assistant missed would be missed for good. */
const timeoutSeconds = 20

/** What VAPI's model is asked about a conversation when it is over. */
export function analysisPlanOf({ assistant: { extraction, success_criterion }, dispositions }: Pick<DialOrder, 'assistant' | 'dispositions'>, say: Say): object {
  return {
    summaryPlan: { enabled: true },
    successEvaluationPlan: { enabled: true, rubric: 'PassFail', timeoutSeconds, ...(success_criterion && { messages: verdictMessages(say(success_criterion)) }) },
    structuredDataPlan: { enabled: true, timeoutSeconds, schema: schemaOf(extraction, dispositions, say) },
  }
}

/** All but the answers are ours: private.heed_analyses in SQL and the call's page read the same names. The account's own stand apart, so that no name is taken. */
function schemaOf(extraction: readonly ExtractionField[], dispositions: readonly OfferedDisposition[], say: Say): object {
  const answers = Object.fromEntries(extraction.map((field) => [field.name, propertyOf(field, say)]))
  return {
    type: 'object',
    properties: {
      opt_out: { type: 'boolean', description: 'True when the person asked in any way not to be called again or to be taken off a list.' },
      disposition: { type: 'string', enum: [...dispositionSchema.options], description: 'What the conversation came to.' },
      ...(dispositions.length > 0 && { own_disposition: ownWord(dispositions) }),
      callback_at: {
        type: 'string', format: 'date-time',
        description: 'Only when the person named a time for another call: that time by the clock where the person is, without an offset.',
      },
      sentiment: { type: 'string', enum: [...callSentimentSchema.options], description: 'How the person took the call on the whole.' },
      interest: { type: 'integer', minimum: 0, maximum: 10, description: 'How interested the person is, from 0 to 10.' },
      keywords: { type: 'array', items: { type: 'string' }, description: 'Up to eight words or short phrases that the conversation was about.' },
      next_action: { type: 'string', description: 'What somebody should do next about this person, in one sentence; leave out when there is nothing.' },
      ...(extraction.length > 0 && { answers: { type: 'object', description: 'What was said in the conversation; leave out what was not.', properties: answers } }),
    },
    required: extraction.length > 0 ? ['opt_out', 'disposition', 'answers'] : ['opt_out', 'disposition'],
  }
}

/** By ids: a name may be changed before the report comes, and may hold what is no value of a schema. */
function ownWord(dispositions: readonly OfferedDisposition[]): object {
  return {
    type: 'string', enum: dispositions.map(({ id }) => id),
    description: `The one of these words that fits what the conversation came to, by its id; leave out when none fits well.\n${withoutTemplates(wordsToChooseFrom(dispositions))}`,
  }
}

const jsonTypes = {
  text: { type: 'string' }, number: { type: 'number' }, yes_no: { type: 'boolean' }, date: { type: 'string', format: 'date' }, choice: { type: 'string' },
} as const

function propertyOf({ type, description, choices }: ExtractionField, say: Say): object {
  return { ...jsonTypes[type], description: say(description), ...(type === 'choice' && { enum: choices }) }
}

/** VAPI fills in its own {{…}}; the account's words must not bring any along. */
const withoutTemplates = (text: string) => text.replaceAll('{', '(').replaceAll('}', ')')

function verdictMessages(criterion: string): object[] {
  return [
    {
      role: 'system',
      content: `You judge phone calls. A call is a success when: ${withoutTemplates(criterion)}\nJudge by nothing else. If the person asked not to be called again, it is no success.\n\nRubric:\n{{rubric}}\n\nOnly respond with the result.`,
    },
    { role: 'user', content: 'Here is the transcript:\n\n{{transcript}}\n\nThe call ended for this reason: {{endedReason}}' },
  ]
}
