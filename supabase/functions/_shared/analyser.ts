import type { AnalysisGateway } from '../../../business/gateways/analysis/analysisGateway.ts'
import { createChatCompletions } from '../../../business/gateways/analysis/chatCompletions.ts'
import type { Env } from './env.ts'

/** null where no model is set up: what was said leaves this installation only where its operator wants it. */
export function createAnalyser({ analyser }: Env): AnalysisGateway | null {
  return analyser.apiKey && analyser.model ? createChatCompletions(analyser) : null
}
