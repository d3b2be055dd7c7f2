import type { CallOutcome, FailureScope } from '../../../models/call.ts'

/** One row of the table: what a provider's reason means before anything else about the call is known. */
export interface EndedMeaning {
  rule: EndedRule
  outcome: CallOutcome
  /** Only failures have a scope. */
  failure_scope: FailureScope | null
}

export type EndedRule
  = | 'busy'
    | 'voicemail'
    | 'no_answer'
    | 'permanent'
    | 'canceled'
    | 'capacity'
    | 'answered'
    | 'retryable'
    | 'not_outbound'
    | 'account'
    | 'transient'
    | 'unknown'

type Row = readonly [rule: EndedRule, pattern: RegExp, outcome: CallOutcome, scope: FailureScope | null]

/**
 * Ordered, the first match wins. VAPI knows about six hundred reasons and adds more with every release, so the table is
 * patterns, and its last row takes everything: a new reason is an ordinary failed attempt, never an exception. The order
 * matters: a daily limit also looks like an account fault, a refused inbound leg like a failed connection.
 */
const rows: readonly Row[] = [
  ['busy', /^customer-busy$/, 'busy', null],
  ['voicemail', /^voicemail$/, 'voicemail', null],
  ['no_answer', /^customer-did-not-answer$|outbound-sip-(408|480)-/, 'no_answer', null],
  ['permanent', /^twilio-reported-customer-misdialed$|^call\.start\.error-vapi-number-international$/, 'failed', 'number'],
  ['canceled', /^(manually-canceled|call-deleted|scheduled-call-deleted)$/, 'canceled', null],
  [
    'capacity',
    /concurrency-limit-reached|blocked-concurrent-requests|daily-limit$|system-busy|429-rate-limit-reached|transcriber-rate-limited/,
    'failed',
    'capacity',
  ],
  [
    'answered',
    /^(assistant-ended-call.*|assistant-said-.*|assistant-forwarded-call|customer-ended-call.*|exceeded-max-duration|silence-timed-out|vonage-completed|hangup)$|(twilio|sip)-completed-call$|error-warm-transfer-|error-transfer-failed$|^call\.forwarding\.|^call\.ending\.hook-executed/,
    'answered',
    null,
  ],
  [
    'retryable',
    /failed-to-connect|^vonage-(rejected|disconnected)|outbound-sip-503|transport-never-connected|connection-to-transport-missing|transport-connected-but-call-not-active|closed-websocket|did-not-receive-customer-audio|^worker-shutdown$|worker-(died|not-available)|chat-pipeline-failed-to-start|bypass-enabled-but-no-call|join-timed-out|vapifault-(database-error|get-org|get-subscription)|^call\.start\.error-get-transport$|^(db|database|unknown)-error$/,
    'failed',
    'call',
  ],
  ['not_outbound', /inbound|^call\.ringing\.|microphone-permission|returned-forwarding-phone-number/, 'failed', 'call'],
  [
    'account',
    /^call\.start\.|^call-start-error|^assistant-(not|request)|license-check-failed|no-available-(llm-)?model|-401-|-403-|-407-|unauthorized|invalid-(api-key|credentials|config|voice|emotion)|auth-failed|api-key-missing|quota|credits|funds|payment|paid-only|blocked|upgrade|voice-(not|disabled|must)|not-found|not-allowed|only-for|probation|disabled-by-owner|missing-samples|max-character|-400-|configfault|professional/,
    'failed',
    'account',
  ],
  ['transient', /^pipeline-|vapifault|providerfault|^call\.in-progress\.error|error/, 'failed', 'transient'],
]

export function meaningOfEndedReason(reason: string | null): EndedMeaning {
  const row = reason === null ? undefined : rows.find(([, pattern]) => pattern.test(reason))
  if (!row) return { rule: 'unknown', outcome: 'failed', failure_scope: 'call' }
  const [rule, , outcome, failure_scope] = row
  return { rule, outcome, failure_scope }
}
