import type { CallOutcome, FailureScope } from '../../../models/call.ts'
import { meaningOfEndedReason, type EndedRule } from './endedReasons.ts'

/** What the report itself shows about the conversation. */
export interface Evidence {
  talk_seconds: number
  contact_spoke: boolean
  /** The report says who spoke: without this, silence proves nothing. */
  has_conversation_record: boolean
}

export interface EndJudgement {
  outcome: CallOutcome
  failure_scope: FailureScope | null
  technical_failure: boolean
  engaged: boolean | null
  talk_seconds: number
  /** The reason says nothing and nothing was said: the provider must be asked before this is the last word. */
  needs_second_look: boolean
}

/** Faults that can also break off a conversation that took place. */
const breakingFaults: readonly EndedRule[] = ['capacity', 'retryable', 'account', 'transient']
const silentRules: readonly EndedRule[] = ['not_outbound', 'unknown']

/**
 * The reason, corrected by the evidence. A person who was already talked to is not called again, whatever broke: else a
 * faulty voice key would make the dialler ring the same people with silence. voicemail wins over any length of talk, and
 * nobody is billed for a line that was busy or rang out. That "answered" without any sign of a connection is no_answer
 * is decided by private.closings, which alone knows whether in_progress was seen.
 */
export function judgeEnd(reason: string | null, evidence: Evidence): EndJudgement {
  const meaning = meaningOfEndedReason(reason)
  const happened = evidence.contact_spoke || evidence.talk_seconds > 0
  const broke = happened && breakingFaults.includes(meaning.rule)
  const isAnswered = broke || (happened && silentRules.includes(meaning.rule)) || meaning.outcome === 'answered'
  const outcome = isAnswered ? 'answered' : meaning.outcome
  return {
    outcome,
    failure_scope: isAnswered ? null : meaning.failure_scope,
    technical_failure: broke,
    engaged: isAnswered ? engagement(evidence, reason) : null,
    talk_seconds: outcome === 'busy' || outcome === 'no_answer' ? 0 : evidence.talk_seconds,
    needs_second_look: meaning.rule === 'unknown' && !isAnswered,
  }
}

/** silence-timed-out without a word of the contact is often a machine that was not detected. */
function engagement({ contact_spoke, has_conversation_record }: Evidence, reason: string | null): boolean | null {
  if (contact_spoke) return true
  return has_conversation_record || reason === 'silence-timed-out' ? false : null
}
