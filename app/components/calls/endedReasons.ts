/** The provider's frequent reasons, as keys of calls.reason; what is rare is shown as it came. */
const patterns: [RegExp, string][] = [
  [/^customer-ended-call/, 'contact_hung_up'],
  [/^assistant-(ended-call|said-)/, 'assistant_hung_up'],
  [/^customer-busy$/, 'busy'],
  [/^customer-did-not-answer$/, 'no_answer'],
  [/^voicemail$/, 'voicemail'],
  [/^exceeded-max-duration$/, 'longest_call'],
  [/^silence-timed-out$/, 'silence'],
  [/^not-placed$/, 'not_placed'],
  [/^no-record-within-24-hours$/, 'no_record'],
  [/error|fault|failed/, 'technical'],
]

export function reasonKeyOf(reason: string): string | null {
  return patterns.find(([pattern]) => pattern.test(reason))?.[1] ?? null
}
