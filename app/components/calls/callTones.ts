import type { Tone } from '~/components/ui/tones'
import type { CallOutcome, CallState } from '~~/business/models/call.ts'

const outcomeTones: Record<CallOutcome, Tone> = {
  answered: 'success',
  voicemail: 'attention',
  no_answer: 'waiting',
  busy: 'waiting',
  failed: 'failure',
  canceled: 'blocked',
}

/** A settled call shows its outcome; everything before is under way. */
export function toneOf(state: CallState, outcome: CallOutcome | null): Tone {
  if (state === 'settled' && outcome) return outcomeTones[outcome]
  if (state === 'voided') return 'blocked'
  return state === 'unknown' ? 'attention' : 'live'
}
