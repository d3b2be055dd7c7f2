/** What the provider's model makes of a conversation afterwards, as far as the assistant's plans ask for it. */
import type { SimulatedCall } from '../call.ts'
import { fill, type Schema } from './fill.ts'
import { knowledgeOf, type Knowledge } from './knowledge.ts'
import { gradeBy } from './rubrics.ts'

/** Empty when nobody talked. Of a call that was cut only that is told: the script's facts come from words that were never said. */
export function analysisOf(call: SimulatedCall): Record<string, unknown> {
  const knowledge = knowledgeOf(call)
  if (!knowledge || (call.conversation.isCut && knowledge.sentences.length === 0)) return {}
  const { summaryPlan, successEvaluationPlan, structuredDataPlan } = call.assistant.analysisPlan ?? {}
  const findings = call.conversation.isCut ? CUT : findingsOf(knowledge, successEvaluationPlan?.rubric, structuredDataPlan?.schema)
  return {
    ...(summaryPlan?.enabled !== false && { summary: findings.summary }),
    ...(successEvaluationPlan?.enabled !== false && { successEvaluation: findings.successEvaluation }),
    ...(structuredDataPlan?.enabled !== false && { structuredData: findings.structuredData }),
  }
}

interface Findings { summary: string, successEvaluation: unknown, structuredData: unknown }

const CUT: Findings = { summary: 'The call ended before the conversation had come to a result.', successEvaluation: null, structuredData: null }

function findingsOf(knowledge: Knowledge, rubric: string | undefined, schema: Schema | undefined): Findings {
  return { summary: knowledge.summary, successEvaluation: gradeBy(rubric, knowledge), structuredData: dataBy(schema, knowledge) }
}

function dataBy(schema: Schema | undefined, knowledge: Knowledge): unknown {
  return schema ? fill(schema, knowledge) ?? {} : plainFacts(knowledge)
}

/** Without a schema the model tells what it found worth telling. */
function plainFacts({ disposition, sentiment, interest, opt_out, callback_at, appointment_at, price }: Knowledge): Record<string, unknown> {
  return { disposition, sentiment, interest, opt_out, callback_at, appointment_at, price }
}
