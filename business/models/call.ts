import { z } from 'zod'

/**
 * A call is the record of one attempt to reach a contact: one row, one phone call at most, whatever crashes. It holds a
 * slot while it is live, minutes and the number until it is settled, and stays for ever as what happened.
 */
export const callStateSchema = z.enum([
  /**
   * Claimed: minutes, slot and number are held, nobody was dialled. begin_dial moves it on; after a crash its lease
   * ends and a void puts the contact back in the queue with the same attempt number.
   */
  'reserved',
  /**
   * begin_dial committed, the request may be on its way. record_dial or any event moves it on; after a crash the lease
   * ends and it becomes unknown, because the provider may be calling.
   */
  'dialing',
  /**
   * Nobody here knows whether the provider calls: the answer was lost, or it accepted without a free line. Reconciliation
   * asks the provider; until then the number is never dialled again.
   */
  'unknown',
  /** The provider says it rings. Events move it on; a lost event is found by asking after the longest possible call. */
  'ringing',
  /** Somebody, or something, picked up. Events move it on, forwarding included; lost ones as with ringing. */
  'in_progress',
  /**
   * Over: the slot is free, the minutes are still held. The provider's report settles it; when none comes, the provider
   * is asked after a minute, and after a day it is settled without use.
   */
  'ended',
  /** Final: posted to the ledger at most once, the contact's next step is written. Later events add facts, never money. */
  'settled',
  /** Final: no call happened as far as anybody knows. Signs of life later are noted (found_late_at) and posted once. */
  'voided',
])
export type CallState = z.infer<typeof callStateSchema>

/**
 * campaign: an attempt for an enrolment. test: somebody tries an assistant on their own number. verification: speaks the code by which a
 * person proves that a number is theirs; it costs the account nothing and no page lists it.
 */
export const callKindSchema = z.enum(['campaign', 'test', 'verification'])
export type CallKind = z.infer<typeof callKindSchema>

/** What the line did; what the conversation meant is the disposition. */
export const callOutcomeSchema = z.enum(['answered', 'voicemail', 'no_answer', 'busy', 'failed', 'canceled'])
export type CallOutcome = z.infer<typeof callOutcomeSchema>

/**
 * What the conversation meant. The assistant or its analysis proposes it, a person may correct it; a person's word is never
 * overwritten. Whatever it is changed to later, a number that do_not_call has listed stays listed.
 */
export const dispositionSchema = z.enum([
  /** The conversation ended the way the account wishes for. */
  'interested',
  /** Open: wants to know more first. */
  'information',
  /** Wants to be called at another time. */
  'callback',
  'not_interested',
  /** Wants never to be called again: the number goes on the do-not-call list at once. */
  'do_not_call',
  /** Somebody else has this number. */
  'wrong_number',
  /** A machine answered, whatever the line said. */
  'voicemail',
  /** Nothing was said that means anything. */
  'no_conversation',
])
export type Disposition = z.infer<typeof dispositionSchema>

/**
 * Who said what the conversation meant when no person of the account did. tool_call: the assistant, while it talked. provider: the carrier's
 * analysis. rules, model: our own analyser, where the carrier told nothing.
 */
export const dispositionSourceSchema = z.enum(['tool_call', 'provider', 'rules', 'model'])
export type DispositionSource = z.infer<typeof dispositionSourceSchema>

/** How a person took the call, as the analysis heard it. */
export const callSentimentSchema = z.enum(['positive', 'neutral', 'negative'])
export type CallSentiment = z.infer<typeof callSentimentSchema>

/**
 * Whose fault a failed call is, which decides what happens to the contact. number: it can never be reached. call: the
 * ordinary retries. capacity: again soon, not counted. account: our key, money or assistant; campaign or line stop, not
 * counted. transient: a fault at the provider, retried and counted.
 */
export const failureScopeSchema = z.enum(['number', 'call', 'capacity', 'account', 'transient'])
export type FailureScope = z.infer<typeof failureScopeSchema>

/**
 * none: the call made no recording. pending: the provider has one, run-outbox copies it. stored: in our bucket. failed:
 * eight tries did not get it. expired: removed when its time to be kept was over.
 */
export const recordingStateSchema = z.enum(['none', 'pending', 'stored', 'failed', 'expired'])
export type RecordingState = z.infer<typeof recordingStateSchema>

/** private.state_rank in SQL is the same table. Rank only grows: a late event never moves a call back. */
export const callStateRank: Readonly<Record<CallState, number>> = {
  reserved: 0,
  dialing: 10,
  unknown: 10,
  ringing: 20,
  in_progress: 30,
  ended: 80,
  settled: 90,
  voided: 90,
}

/** Every move the database makes; dialing and unknown share a rank and may change places once the answer is known. */
export const callTransitions: Readonly<Record<CallState, readonly CallState[]>> = {
  reserved: ['dialing', 'voided'],
  dialing: ['unknown', 'ringing', 'in_progress', 'ended', 'settled', 'voided'],
  unknown: ['dialing', 'ringing', 'in_progress', 'ended', 'settled', 'voided'],
  ringing: ['in_progress', 'ended', 'settled'],
  in_progress: ['ended', 'settled'],
  ended: ['settled'],
  settled: [],
  voided: [],
}

/** Live calls hold a slot of their account, campaign and line. */
export function isLive(state: CallState): boolean {
  return callStateRank[state] < callStateRank.ended
}

/** Nothing changes a final state any more, and its minutes are no longer held. */
export function isFinal(state: CallState): boolean {
  return callTransitions[state].length === 0
}

export function canMove(from: CallState, to: CallState): boolean {
  return callTransitions[from].includes(to)
}
