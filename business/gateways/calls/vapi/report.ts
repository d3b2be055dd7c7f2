import type { CallEvent } from '../../../models/callEvent.ts'
import { storableJson } from '../../../models/storableJson.ts'
import { contactSpoke, readConversation } from './conversation.ts'
import { judgeEnd } from './judgeEnd.ts'
import { asList, asNumber, asObject, asText, firstText, firstTime, pick, type JsonObject } from '../../json.ts'

type ReportFacts = Pick<
  CallEvent,
  | 'started_at'
  | 'ended_at'
  | 'talk_seconds'
  | 'outcome'
  | 'failure_scope'
  | 'ended_reason'
  | 'technical_failure'
  | 'engaged'
  | 'cost_micros'
  | 'transcript'
  | 'turns'
  | 'summary'
  | 'success'
  | 'structured'
  | 'has_recording'
>

/**
 * Everything a finished call says about itself, from an end-of-call report or a polled call. The snapshot is the call as
 * it was created, which VAPI sends along: only its times are looked at, and only when the report has none.
 */
export function readReport(record: JsonObject, snapshot: JsonObject | null): { facts: ReportFacts, needs_second_look: boolean } {
  const started_at = firstTime(record.startedAt, snapshot?.startedAt)
  const ended_at = firstTime(record.endedAt, snapshot?.endedAt)
  const ended_reason = firstText(record.endedReason, snapshot?.endedReason)
  const conversation = readConversation(record)
  const spoke = contactSpoke(conversation)
  const { needs_second_look, ...judgement } = judgeEnd(ended_reason, {
    talk_seconds: talkSeconds(record, started_at, ended_at),
    contact_spoke: spoke,
    has_conversation_record: conversation.turns !== null,
  })
  const analysis = judgement.outcome === 'answered' && spoke ? readAnalysis(record) : noAnalysis
  const told = { started_at, ended_at, ended_reason, cost_micros: readCost(record), has_recording: hasRecording(record) }
  // Told as a conversation, without its times: what it cost is still to be learned.
  const isBare = (judgement.outcome === 'answered' || judgement.outcome === 'voicemail') && (!started_at || !hasLength(record, ended_at))
  return { facts: { ...told, ...judgement, ...conversation, ...analysis }, needs_second_look: needs_second_look || isBare }
}

const hasLength = (record: JsonObject, ended_at: string | null): boolean =>
  ended_at !== null || asNumber(record.durationSeconds) !== null || asNumber(record.durationMs) !== null

/** A call longer than this is a broken clock. */
const longestTalkSeconds = 86_400

/** Without a start nobody talked; a reversed pair is a broken clock and costs nothing. */
function talkSeconds(record: JsonObject, started_at: string | null, ended_at: string | null): number {
  if (!started_at) return 0
  const told = asNumber(record.durationSeconds) ?? (asNumber(record.durationMs) ?? 0) / 1000
  const talked = ended_at ? (Date.parse(ended_at) - Date.parse(started_at)) / 1000 : told
  return Math.min(longestTalkSeconds, Math.max(0, Math.round(talked)))
}

/** VAPI tells dollars as a float, sometimes as null or not at all; parts of the breakdown need not sum up. */
function readCost(record: JsonObject): number | null {
  const dollars = asNumber(record.cost) ?? asNumber(pick(record, 'costBreakdown', 'total'))
  return dollars === null || dollars < 0 ? null : Math.min(Number.MAX_SAFE_INTEGER, Math.round(dollars * 1_000_000))
}

const noAnalysis = { summary: null, success: null, structured: null }

/**
 * The model's opinion of the conversation. Kept only when a person took part: for machines and silence it describes
 * conversations that never happened.
 */
function readAnalysis(record: JsonObject): Pick<CallEvent, 'summary' | 'success' | 'structured'> {
  const analysis = asObject(record.analysis)
  const multi = asList(analysis?.structuredDataMulti)
  return {
    summary: firstText(analysis?.summary, record.summary),
    success: verdictText(analysis?.successEvaluation),
    structured: asObject(analysis?.structuredData) ?? (multi?.length ? multi : null),
  }
}

/** "false" is a verdict and truthy, so it stays text, whatever JSON it came as. */
function verdictText(verdict: unknown): string | null {
  if (verdict === null || verdict === undefined) return null
  return typeof verdict === 'string' ? asText(verdict) : JSON.stringify(storableJson(verdict))
}

/** Only whether there is one: addresses are short-lived, secret, and asked for when the copy is made. */
function hasRecording(record: JsonObject): boolean {
  const artifact = asObject(record.artifact) ?? {}
  const places = [record.recordingUrl, record.stereoRecordingUrl, artifact.recordingUrl, artifact.stereoRecordingUrl]
  const recording = asObject(artifact.recording) ?? {}
  return firstText(...places, recording.stereoUrl, ...Object.values(asObject(recording.mono) ?? {})) !== null
}
