import { PhoneMissedIcon, PhoneOffIcon, VoicemailIcon } from '@lucide/vue'
import type { Component } from 'vue'
import type { Tone } from '~/components/ui/tones'
import type { CallOutcome, CallSentiment, CallState, Disposition } from '~~/business/models/call.ts'

const outcomeTones: Record<CallOutcome, Tone> = {
  answered: 'success',
  voicemail: 'attention',
  no_answer: 'waiting',
  busy: 'waiting',
  failed: 'failure',
  canceled: 'blocked',
}

export const dispositionTones: Record<Disposition, Tone> = {
  interested: 'success',
  information: 'waiting',
  callback: 'waiting',
  not_interested: 'blocked',
  do_not_call: 'blocked',
  wrong_number: 'failure',
  voicemail: 'attention',
  no_conversation: 'waiting',
}

/** A settled call shows its outcome; everything before is under way. */
export function toneOf(state: CallState, outcome: CallOutcome | null): Tone {
  if (state === 'settled' && outcome) return outcomeTones[outcome]
  if (state === 'voided') return 'blocked'
  return state === 'unknown' ? 'attention' : 'live'
}

/** Outcomes that share a tone differ in their icon, so that a long list is read by its edge; the others have their tone's own. */
const outcomeIcons: Partial<Record<CallOutcome, Component>> = { voicemail: VoicemailIcon, no_answer: PhoneMissedIcon, busy: PhoneOffIcon }

export function iconOf(state: CallState, outcome: CallOutcome | null): Component | undefined {
  return state === 'settled' && outcome ? outcomeIcons[outcome] : undefined
}

export const sentimentTones: Record<CallSentiment, Tone> = { positive: 'success', neutral: 'waiting', negative: 'blocked' }
