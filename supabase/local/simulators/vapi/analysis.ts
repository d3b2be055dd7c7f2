/** What the provider's model makes of a conversation afterwards, as far as the assistant's plans ask for it. */
import { assistantOf } from './request.ts'
import type { SimulatedCall } from './call.ts'

type Plan = NonNullable<NonNullable<ReturnType<typeof assistantOf>['analysisPlan']>['structuredDataPlan']>

/** Empty when nobody talked, and when the line was cut: the script's summary tells of words that were never said. */
export function analysisOf(call: SimulatedCall): Record<string, unknown> {
  const { analysis } = call.script
  if (!analysis || call.conversation.isCut) return {}
  const { summaryPlan, successEvaluationPlan, structuredDataPlan } = assistantOf(call.request).analysisPlan ?? {}
  return {
    ...(summaryPlan?.enabled !== false && { summary: analysis.summary }),
    ...(successEvaluationPlan?.enabled !== false && { successEvaluation: evaluation(analysis.isSuccess, successEvaluationPlan?.rubric) }),
    ...(structuredDataPlan?.enabled !== false && { structuredData: dataBy(structuredDataPlan, analysis.facts) }),
  }
}

/** Always a string, never a boolean. */
function evaluation(isSuccess: boolean, rubric = 'PassFail'): string {
  const words: Record<string, [good: string, bad: string]> = { NumericScale: ['9', '3'], PercentageScale: ['90%', '30%'], LikertScale: ['Agree', 'Disagree'], DescriptiveScale: ['Excellent', 'Poor'] }
  return words[rubric]?.[isSuccess ? 0 : 1] ?? String(isSuccess)
}

/** With a schema: its properties alone; one that is about not being called again is recognised whatever its exact name. */
function dataBy(plan: Plan | undefined, facts: Record<string, unknown>): Record<string, unknown> {
  const properties = plan?.schema?.properties
  if (!properties) return facts
  const entries = Object.keys(properties).map((name) => [name, /opt.?out|do.?not.?call|unsubscribe/i.test(name) ? facts.opt_out : facts[name]] as const)
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined))
}
