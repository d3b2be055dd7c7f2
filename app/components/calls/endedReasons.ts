/** The provider's frequent reasons, as keys of calls.reason. */
const patterns: [RegExp, string][] = [
  [/^customer-ended-call/, 'contact_hung_up'],
  [/^assistant-forwarded-call$/, 'forwarded'],
  [/^assistant-(ended-call|said-)/, 'assistant_hung_up'],
  [/^customer-busy$/, 'busy'],
  [/^customer-did-not-answer$/, 'no_answer'],
  [/^voicemail$/, 'voicemail'],
  [/^exceeded-max-duration$/, 'longest_call'],
  [/^silence-timed-out$/, 'silence'],
  [/^(manually-canceled|call-deleted|scheduled-call-deleted)$/, 'canceled'],
  [/misdialed|number-international/, 'wrong_number'],
  [/concurrency|rate-limit|daily-limit|system-busy/, 'capacity'],
  [/failed-to-connect|outbound-sip/, 'not_connected'],
  [/^not-placed$/, 'not_placed'],
  [/^no-record-within-24-hours$/, 'no_record'],
  [/error|fault|failed/, 'technical'],
]

/** Null for a reason nobody has written words for. */
export function reasonKeyOf(reason: string): string | null {
  return patterns.find(([pattern]) => pattern.test(reason))?.[1] ?? null
}

/** A code such as customer-busy is a word for machines; a refusal comes as the carrier's own sentence and is shown as it is. */
export function isSentence(reason: string): boolean {
  return /\s/.test(reason.trim())
}
