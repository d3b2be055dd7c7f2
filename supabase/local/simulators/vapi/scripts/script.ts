/** What a script gets to know of the call, and what it decides. */
import type { Line } from '../conversation.ts'
import type { CreateCall } from '../request.ts'

export interface Scene {
  /** The contact's first name; null when the request carries none. */
  name: string | null
  /** The first sentence as received; null when the assistant has none. */
  greeting: string | null
  /** Who calls, when the greeting says it plainly; else null, and the dialogue stays neutral. */
  company: string | null
  detectsVoicemail: boolean
  voicemailMessage: string | null
}

export interface Analysis { summary: string, isSuccess: boolean, facts: Record<string, unknown> }

export interface Script {
  /** The provider's endedReason when the script runs to its end. */
  endedReason: string
  ringSeconds: number
  /** Absent: nobody picked up. Empty: picked up, and then nothing. */
  lines?: Line[]
  analysis?: Analysis
  /** The provider gave up before it dialled: queued, then ended. */
  neverRang?: true
}

export type ScriptOf = (scene: Scene) => Script

export function sceneOf(request: CreateCall): Scene {
  const assistant = { ...request.assistant, ...request.assistantOverrides }
  const greeting = assistant.firstMessage?.trim() || null
  return {
    name: firstNameOf(request.customer?.name), greeting, company: companyOf(greeting), detectsVoicemail: isPresent(assistant.voicemailDetection),
    voicemailMessage: assistant.voicemailMessage?.trim() || null,
  }
}

/** "Dr. Grace Hopper" is Grace. */
function firstNameOf(name: string | undefined): string | null {
  return name?.trim().split(/\s+/).find((part) => part !== '' && !part.endsWith('.')) ?? null
}

/** "… this is Mia from Acme Energy. Do you …" → Acme Energy. */
function companyOf(greeting: string | null): string | null {
  return /\b(?:of|from|at|for|with)\s+((?:[A-Z0-9][\w&'’-]*)(?:\s+[A-Z0-9&][\w&'’-]*){0,3})/.exec(greeting ?? '')?.[1] ?? null
}

function isPresent(value: unknown): boolean {
  return value !== undefined && value !== null && value !== 'off'
}
