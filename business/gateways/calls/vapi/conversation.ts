import type { Turn } from '../../../models/callEvent.ts'
import { asNumber, asObjects, asText, firstText, pick, type JsonObject } from '../../json.ts'

export interface Conversation {
  /** null: the report does not say who spoke. */
  turns: Turn[] | null
  transcript: string | null
}

/** Everything else in the list (system prompts, tool traffic) is ours and stays here. */
const roles: Readonly<Record<string, Turn['role']>> = { assistant: 'assistant', bot: 'assistant', user: 'contact' }

/** Reads what was said from a report or a polled call; older reports keep it beside the artifact. */
export function readConversation(record: JsonObject): Conversation {
  const messages = asObjects(pick(record, 'artifact', 'messages')) ?? asObjects(record.messages)
  return {
    turns: messages && readTurns(messages),
    transcript: firstText(pick(record, 'artifact', 'transcript'), record.transcript),
  }
}

export function contactSpoke({ turns, transcript }: Conversation): boolean {
  return (turns ?? []).some((turn) => turn.role === 'contact') || /^User:[ \t]*\S/m.test(transcript ?? '')
}

function readTurns(messages: JsonObject[]): Turn[] {
  const isInMilliseconds = durationsAreMilliseconds(messages)
  const start = asNumber(messages.find((message) => asNumber(message.time) !== null)?.time)
  return messages.flatMap((message) => {
    const role = roles[String(message.role)]
    const text = asText(message.message) ?? asText(message.content)
    if (!role || !text) return []
    return [{ role, text, seconds_from_start: offset(message, start), duration_seconds: duration(message, isInMilliseconds) }]
  })
}

/** Payloads of 2024 count a turn's length in seconds, later ones in milliseconds; nobody talks for five minutes on end. */
function durationsAreMilliseconds(messages: JsonObject[]): boolean {
  return messages.some((message) => (asNumber(message.duration) ?? 0) > 300)
}

function duration(message: JsonObject, isInMilliseconds: boolean): number {
  const [from, to, told] = [asNumber(message.time), asNumber(message.endTime), asNumber(message.duration)]
  if (from !== null && to !== null && to > from) return seconds((to - from) / (from > 1e11 ? 1000 : 1))
  return seconds((told ?? 0) / (isInMilliseconds ? 1000 : 1))
}

function offset(message: JsonObject, start: number | null): number {
  const [told, time] = [asNumber(message.secondsFromStart), asNumber(message.time)]
  if (told !== null) return seconds(told)
  return time === null || start === null ? 0 : seconds((time - start) / (start > 1e11 ? 1000 : 1))
}

/** Hundredths are enough to follow a recording. */
const seconds = (value: number) => Math.max(0, Math.round(value * 100) / 100)
