import { expect, it } from 'vitest'
import type { AssistantContent } from '../../../../business/models/assistant.ts'
import { diffAssistants } from '../../../../business/models/assistantDiff.ts'

const content = (changes: Partial<AssistantContent> = {}): AssistantContent => ({
  name: 'Ava', role: '', tone: '', persona: '', voice_id: 'emma', language: 'en', model_id: 'gpt-4o-mini', temperature_percent: 40, greeting: 'Hello there.', retry_greeting: '',
  instructions: 'Ask one question.\n\nSay goodbye.', voicemail_message: '', fallback_message: '', goodbye_message: '', opt_out_sentence: '', maximum_seconds: 300,
  fallback_seconds: 8, silence_seconds: 30, record_calls: true, extraction: [], success_criterion: '', ...changes })
const diff = (before: Partial<AssistantContent>, after: Partial<AssistantContent>) =>
  diffAssistants(content(before), content(after), (field, { [field]: value }) => (typeof value === 'object' ? JSON.stringify(value) : String(value)))

it('finds nothing between equal texts', () => {
  expect(diff({}, {})).toEqual([])
})

it('tells prose word by word and keeps every character of both', () => {
  const [change] = diff({}, { instructions: 'Ask two questions.\n\nSay goodbye.' })
  const { parts = [] } = change ?? {}
  const side = (left: string) => parts.filter(({ kind }) => kind !== left).map(({ text }) => text).join('')
  expect(side('added')).toBe('Ask one question.\n\nSay goodbye.')
  expect(side('removed')).toBe('Ask two questions.\n\nSay goodbye.')
  expect(parts).toContainEqual({ kind: 'removed', text: 'one' })
  expect(parts.at(-1)?.kind).toBe('same')
})

it('tells a choice as a whole, in the order of the editor, and nothing where there was nothing', () => {
  expect(diff({}, { voice_id: 'katja', name: 'Kat', role: 'Host' })).toEqual([
    { field: 'name', parts: [{ kind: 'removed', text: 'Ava' }, { kind: 'added', text: 'Kat' }] },
    { field: 'role', parts: [{ kind: 'added', text: 'Host' }] },
    { field: 'voice_id', parts: [{ kind: 'removed', text: 'emma' }, { kind: 'added', text: 'katja' }] },
  ])
})
