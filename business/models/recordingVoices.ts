import type { TurnSpan } from './callRecord.ts'

/** Whom a listener hears of a recording that has the voices apart. */
export const heardVoices = ['both', 'assistant', 'contact'] as const
export type HeardVoices = (typeof heardVoices)[number]

/** Of a recording with two channels: 0 is the left one, 1 the right one. */
export type Channel = 0 | 1

/**
 * The channel that has the assistant: the one that was heard while the transcript says that the assistant spoke, and not while the contact
 * did. VAPI promises no order of its channels (its documents say only that the two are apart), so the recording itself is asked. Where it
 * cannot tell, the assistant is on the right, as other providers that name an order have it.
 *
 * levels: for each channel how loud it was along its way, values from 0 to 1 of equal stretches. spans and length: seconds.
 */
export function assistantChannel(levels: readonly (readonly number[])[], spans: TurnSpan[], length: number): Channel {
  const [left = 0, right = 0] = levels.map((channel) => meanOf(channel, spans, 'assistant', length) - meanOf(channel, spans, 'contact', length))
  return left > right ? 0 : 1
}

function meanOf(levels: readonly number[], spans: TurnSpan[], role: TurnSpan['role'], length: number): number {
  const placeOf = (second: number) => Math.floor((second / Math.max(length, 1)) * levels.length)
  const heard = spans.flatMap((span) => (span.role === role ? levels.slice(placeOf(span.from), placeOf(span.to) + 1) : []))
  return heard.length === 0 ? 0 : heard.reduce((sum, level) => sum + level, 0) / heard.length
}
