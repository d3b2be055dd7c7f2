import type { AnalysisGateway } from '../../../gateways/analysis/analysisGateway.ts'
import type { AnalyseCall, OutboxResult } from '../../../models/outboxJob.ts'
import type { Log } from '../../../models/runtime.ts'
import type { OutboxRepository } from '../../../repositories/outboxRepository.ts'
import { analyseByModel } from './analyseByModel.ts'
import { analyseByRules } from './analyseByRules.ts'

export interface AnalysisDeps {
  outbox: Pick<OutboxRepository, 'callToAnalyse'>
  /** null: this installation asks no model. */
  analyser: AnalysisGateway | null
  log: Log
}

/**
 * Makes up for an analysis that the carrier left out. A model that cannot be asked, refuses or answers nonsense is no failure of
 * the job: the rules say what they can, and the call says that it was they.
 */
export async function analyseCall({ outbox, analyser, log }: AnalysisDeps, { call_id }: AnalyseCall): Promise<OutboxResult> {
  const conversation = await outbox.callToAnalyse(call_id)
  if (!conversation) return { ok: true }
  const told = conversation.may_ask_model && analyser ? await analyseByModel(analyser, conversation) : null
  if (told?.kind === 'found') return { ok: true, source: 'model', findings: told.findings }
  if (told) log('warn', 'analysis.fell_back', { call_id, cause: told.cause })
  return { ok: true, source: 'rules', findings: analyseByRules(conversation) }
}
