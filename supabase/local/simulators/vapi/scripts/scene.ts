/** Reads from a request what the people on the line, and the model that speaks with them, would know. */
import type { Assistant } from '../request.ts'
import { LANGUAGES, type Language, type Scene } from './script.ts'

export function sceneOf(assistant: Assistant, customerName: string | undefined, now: Date): Scene {
  const greeting = assistant.firstMessage?.trim() || null
  return {
    name: firstNameOf(customerName), greeting, company: companyOf(greeting), language: languageOf(assistant), optOutSentence: optOutSentenceOf(assistant),
    asksAgain: asksAgain(assistant), goodbye: assistant.endCallMessage?.trim() || null, endPhrases: assistant.endCallPhrases ?? [],
    detectsVoicemail: isPresent(assistant.voicemailDetection), voicemailMessage: assistant.voicemailMessage?.trim() || null, now,
  }
}

/** "Dr. Grace Hopper" is Grace. */
function firstNameOf(name: string | undefined): string | null {
  return name?.trim().split(/\s+/).find((part) => part !== '' && !part.endsWith('.')) ?? null
}

/** "… this is Mia from Acme Energy. Do you …" → Acme Energy. */
function companyOf(greeting: string | null): string | null {
  const called = /\b(?:of|from|at|for|with|von|bei|vom|de|del|chez)\s+((?:[\p{Lu}\d][\p{L}\d&'’-]*)(?:\s+[\p{Lu}\d&][\p{L}\d&'’-]*){0,3})/u
  return called.exec(greeting ?? '')?.[1] ?? null
}

/** "de-AT" speaks German; what nobody here speaks, and "multi", is answered in English. */
function languageOf({ transcriber, voice }: Assistant): Language {
  const wanted = (transcriber?.language ?? voice?.language ?? '').toLowerCase().split(/[-_]/)[0]
  return LANGUAGES.find((language) => language === wanted) ?? 'en'
}

/** A model says what its prompt tells it to: the sentence after "say:" where the prompt speaks of not calling again. */
function optOutSentenceOf({ model }: Assistant): string | null {
  const prompt = model?.messages?.find(({ role }) => role === 'system')?.content ?? ''
  const told = /(?:not (?:want to )?be called|stop calling|opt.?out|off (?:the|our|your) list)[^\n]*?\bsay:?\s*["“']?([^\n]+?)["”']?\s*$/im
  return told.exec(prompt)?.[1]?.trim() || null
}

function asksAgain({ hooks = [] }: Assistant): string | null {
  const actions = hooks.filter(({ on }) => on.startsWith('customer.speech.timeout')).flatMap((hook) => hook.do)
  const said = actions.flatMap((action) => ('exact' in action && action.exact !== undefined ? action.exact : []))
  return said.map(String)[0] ?? null
}

function isPresent(value: unknown): boolean {
  return value !== undefined && value !== null && value !== 'off'
}
