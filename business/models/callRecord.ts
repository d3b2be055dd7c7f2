import type { ExtractionField } from './extraction.ts'
import type { CallKind, CallOutcome, CallSentiment, CallState, Disposition, DispositionSource, FailureScope, RecordingState } from './call.ts'
import type { ToldAnalysis } from './callAnalysis.ts'
import type { EndAsked } from './callEnd.ts'
import type { CallConditions } from './callFilter.ts'

/** What a list shows of a call; seconds and ISO times. */
export interface CallRecord {
  id: string
  campaign_id: string | null
  campaign_name: string | null
  contact_id: string | null
  contact_name: string
  phone: string
  assistant_name: string
  kind: CallKind
  attempt_no: number
  state: CallState
  outcome: CallOutcome | null
  failure_scope: FailureScope | null
  ended_reason: string | null
  created_at: string
  dialled_at: string | null
  started_at: string | null
  ended_at: string | null
  settled_at: string | null
  talk_seconds: number
  billed_seconds: number | null
  recording_state: RecordingState
  disposition: Disposition | null
  /** The account's own word for it. */
  own_disposition_id: string | null
  own_disposition: string | null
  sentiment: CallSentiment | null
}

/** Somebody said that a conversation meant something else; the account's own words by name. */
export interface DispositionChange {
  at: string
  before: Disposition | null
  own_before: string | null
  after: Disposition
  own_after: string | null
  by_name: string | null
}

/** A turn of a conversation, with its place in the recording. */
export interface Turn {
  role: 'assistant' | 'contact'
  text: string
  seconds_from_start: number | null
  duration_seconds: number | null
}

export interface CallDetails extends CallRecord {
  account_id: string
  reserved_seconds: number
  overrun_seconds: number
  technical_failure: boolean
  engaged: boolean | null
  /** It still changes by itself: it is not settled, its recording is on the way, or what was said is looked at. */
  is_unfinished: boolean
  may_listen: boolean
  /** Who set the disposition; null when it is the assistant's or its analysis's. */
  disposition_by_name: string | null
  /** Who heard it in the conversation, when no person said it. */
  disposition_source: DispositionSource | null
  /** Somebody has it ended, or had. */
  end_asked: EndAsked | null
  /** The number stands on the do-not-call list now. */
  is_listed: boolean
  /** The contact's place in the campaign; null for a test call. */
  enrolment_id: string | null
  contact_time_zone: string | null
  /** When the person is called next, because they asked for it. */
  callback_at: string | null
  callback_note: string | null
  recording_path: string | null
  /** 2: each voice in a channel of its own; 1: mixed; null: not known, or nothing is stored. */
  recording_channels: 1 | 2 | null
  /** What the account's rule does with the recording: until when it is kept (null: no rule, no recording), or when and by which rule it went. */
  recording_fate: { kept_until: string | null, deleted_at: string | null, deleted_after_days: number | null }
  /** Without days it was deleted because the person was erased. */
  transcript_fate: { deleted_at: string | null, deleted_after_days: number | null }
  transcript: ToldAnalysis & { turns: Turn[], success: string | null, structured: Record<string, unknown> | null } | null
  /** What the assistant's version asks to find out. */
  extraction: ExtractionField[]
  /** What people said it meant, one after the other. */
  disposition_history: DispositionChange[]
  /** When the provider told what. */
  told_events: { at: string, state: CallState | null, is_report: boolean, tools: string[] }[]
  /** What the used minutes had cost the account; null for whoever may not see that, and before the settlement. */
  price_micros: number | null
  currency: string
  attempts_max: number | null
  ledger: { delta_seconds: number, balance_after: number, created_at: string } | null
  timeline: { at: string, kind: string }[]
}

export type CallFilter = CallConditions & { account_id: string }

export interface CallPage {
  rows: CallRecord[]
  next_cursor: unknown
  /** null: only a count knows. */
  total_count: number | null
}

/** A person who said what conversations meant. */
export interface CallJudge { id: string, name: string | null }

/** A filter of the log under a name, of one person. */
export interface CallView {
  id: string
  name: string
  /** The address's query. */
  query: string
}

/** The turn that is spoken at a second of the recording: the last that has begun. -1 before the first. */
export function turnAt(turns: Turn[], second: number): number {
  return turns.findLastIndex((turn) => turn.seconds_from_start !== null && turn.seconds_from_start <= second)
}

export interface TurnSpan {
  role: Turn['role']
  from: number
  to: number
}

/** When each turn was spoken; one of unknown duration lasts until the next begins. What has no place in the recording is left out. */
export function turnSpans(turns: Turn[], length: number): TurnSpan[] {
  const placed = turns.flatMap((turn) => (turn.seconds_from_start === null ? [] : [{ ...turn, from: turn.seconds_from_start }]))
  return placed.map(({ role, from, duration_seconds }, index) => {
    const end = duration_seconds === null ? (placed[index + 1]?.from ?? length) : from + duration_seconds
    return { role, from, to: Math.max(from, Math.min(end, length)) }
  })
}

/** A line of a running call, as the topic of its watchers brings it: first as it is heard, then as it was meant. */
export interface LiveLine {
  role: 'assistant' | 'contact'
  text: string
  is_final: boolean
}

/** A line replaces the unfinished one of the same speaker; a finished one stays. */
export function linesAfter(lines: LiveLine[], line: LiveLine): LiveLine[] {
  return [...lines.filter((known) => known.is_final || known.role !== line.role), line]
}
