import { z } from 'zod'

/** A voice the platform offers. */
export interface Voice {
  id: string
  name: string
  language: string
  description: string
}

/**
 * An AI voice agent: who it says it is and how it talks. Each save makes a version; campaigns and calls hold on to the
 * version they were made with, so that a call can always show the words it used.
 */
export interface Assistant {
  id: string
  name: string
  version: number
  version_id: string
  voice_id: string
  voice_name: string
  language: string
  greeting: string
  maximum_seconds: number
  campaigns_count: number
  created_at: string
  updated_at: string
}

/** The call lengths one can choose: each minute from one to ten. */
export const callMinutes = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10] as const

export const assistantSchema = z.object({
  name: z.string().trim().min(1).max(80),
  voice_id: z.string().min(1),
  language: z.string().min(2).max(20),
  /** The first sentence; it has to say who calls. */
  greeting: z.string().trim().min(1).max(1000),
  /** The prompt: what the assistant knows, wants and may not do. */
  instructions: z.string().trim().min(1).max(20_000),
  /** Spoken when a machine answers; empty: hang up without a word. */
  voicemail_message: z.string().trim().max(1000),
  /** How somebody can ask never to be called again; part of the instructions at the time of the call. */
  opt_out_sentence: z.string().trim().max(500),
  maximum_seconds: z.number().int().min(30).max(1800),
  record_calls: z.boolean(),
})

export type AssistantContent = z.infer<typeof assistantSchema>

export interface AssistantDetails extends Assistant {
  account_id: string
  archived_at: string | null
  content: AssistantContent
}

export interface SavedAssistant {
  assistant_id: string
  version_id: string
  version: number
}

/** A first assistant that works as it is, so that a newcomer reads and changes instead of inventing. */
export function sampleAssistant(accountName: string, voice: Pick<Voice, 'id' | 'language'> | undefined): AssistantContent {
  // "Acme Inc." at the end of a sentence has its full stop already.
  const name = accountName.trim().replace(/\.$/, '')
  return {
    name: 'First call',
    voice_id: voice?.id ?? '',
    language: voice?.language ?? 'en',
    greeting: `Hello {name|there}, this is the virtual assistant of ${name}. This call is recorded. Do you have a minute?`,
    instructions: [
      `You are the friendly phone assistant of ${name}. You call {name|a customer} to find out whether they would like to hear about our offer.`,
      'Speak in short sentences and ask one question at a time. Listen, and never talk over the person.',
      'Say that you are a virtual assistant when you are asked. Never promise prices or dates you do not know.',
      'If the person is interested, ask when a colleague may call back, repeat the time, thank them and say goodbye.',
      'If the person has no time or no interest, thank them and end the call politely.',
    ].join('\n\n'),
    voicemail_message: `Hello {name|there}, this is ${name}. Sorry that we missed you. We will try again another day.`,
    opt_out_sentence: 'If you do not want to be called again, just tell me and I will take your number off our list.',
    maximum_seconds: 300,
    record_calls: true,
  }
}

/** Whether a greeting says who calls. Punctuation, case and a legal form at the end ("Inc.", "GmbH") do not matter. */
export function saysWhoCalls(greeting: string, accountName: string): boolean {
  const name = plain(accountName)
  const short = name.replace(/ (?:inc|llc|ltd|limited|corp|co|company|gmbh|ag|sa|sarl|bv|plc)$/, '')
  const said = ` ${plain(greeting)} `
  return name !== '' && [name, short].some((form) => said.includes(` ${form} `))
}

const plain = (text: string) => text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, ' ').trim()
