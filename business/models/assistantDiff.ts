import { diffWordsWithSpace } from 'diff'
import type { AssistantContent } from './assistant.ts'

/** A stretch of a text before and after: kept, or only in one of the two. */
export interface DiffPart {
  kind: 'same' | 'added' | 'removed'
  text: string
}

export interface FieldDiff {
  field: keyof AssistantContent
  parts: DiffPart[]
}

/** In the order of the editor. */
const fields = [
  'name', 'role', 'tone', 'persona', 'voice_id', 'language', 'model_id', 'temperature_percent', 'greeting', 'retry_greeting', 'instructions',
  'voicemail_message', 'fallback_message', 'goodbye_message', 'opt_out_sentence', 'maximum_seconds', 'fallback_seconds', 'silence_seconds',
  'record_calls', 'extraction', 'success_criterion',
] as const satisfies readonly (keyof AssistantContent)[]

/** Texts are compared word by word; of everything else the whole value is another one. */
const prose: readonly (keyof AssistantContent)[] = [
  'persona', 'greeting', 'retry_greeting', 'instructions', 'voicemail_message', 'fallback_message', 'goodbye_message', 'opt_out_sentence',
  'extraction', 'success_criterion',
]

/** How each value reads to a person: a voice's name rather than its id. */
export type ValueText = (field: keyof AssistantContent, content: AssistantContent) => string

/** What differs between two versions of an assistant, field by field; what is the same is left out. */
export function diffAssistants(before: AssistantContent, after: AssistantContent, textOf: ValueText): FieldDiff[] {
  return fields.flatMap((field) => {
    const [old, now] = [textOf(field, before), textOf(field, after)]
    return old === now ? [] : [{ field, parts: prose.includes(field) ? proseParts(old, now) : wholeParts(old, now) }]
  })
}

function proseParts(old: string, now: string): DiffPart[] {
  return diffWordsWithSpace(old, now).map(({ added, removed, value }) => ({ kind: added ? 'added' : removed ? 'removed' : 'same', text: value }))
}

function wholeParts(old: string, now: string): DiffPart[] {
  const parts: DiffPart[] = [{ kind: 'removed', text: old }, { kind: 'added', text: now }]
  return parts.filter(({ text }) => text !== '')
}
