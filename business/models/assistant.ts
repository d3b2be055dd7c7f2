import { z } from 'zod'
import { extractionSchema } from './extraction.ts'

/** A voice the platform offers. */
export interface Voice {
  id: string
  name: string
  provider: string
  provider_ref: string
  language: string
  description: string
}

/** A language model the platform offers. */
export interface AssistantModel {
  id: string
  name: string
  description: string
}

/** draft: never published. changed: published, and written on since. */
export const assistantStatuses = ['draft', 'published', 'changed', 'archived'] as const
export type AssistantStatus = (typeof assistantStatuses)[number]

/** A published assistant, as forms offer it. */
export interface Assistant {
  id: string
  name: string
  version: number
  version_id: string
  voice_name: string
  language: string
  maximum_seconds: number
}

/** How the calls of all its versions went. */
export interface AssistantPerformance {
  calls_count: number
  answered_count: number
  talk_seconds: number
  successes_count: number
}

/**
 * An AI voice agent: who it says it is and how it talks. What is typed goes into its draft; publishing makes a version, and
 * campaigns and calls hold on to the version they were made with, so that a call can always show the words it used.
 */
export interface AssistantCard {
  id: string
  name: string
  status: AssistantStatus
  /** The newest published one; null before the first. */
  version: number | null
  role: string
  greeting: string
  language: string
  voice_name: string | null
  maximum_seconds: number
  campaigns_count: number
  /** null: the person does not see every campaign's calls. */
  performance: AssistantPerformance | null
  updated_at: string
}

export interface AssistantPage {
  rows: AssistantCard[]
  next_cursor: unknown
  total_count: number
}

/** The call lengths one can choose: each minute from one to ten. */
export const callMinutes = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10] as const

/** What a version needs to be called with; private.check_assistant in SQL decides. */
export const assistantSchema = z.object({
  name: z.string().trim().min(1).max(80),
  /** Whom it plays, how it talks, who it is: told to the model before the instructions. */
  role: z.string().trim().max(120),
  tone: z.string().trim().max(200),
  persona: z.string().trim().max(1000),
  voice_id: z.string().min(1),
  language: z.string().min(2).max(20),
  model_id: z.string().min(1),
  /** Hundredths of the model's temperature: 0 says the same each time, 200 anything. */
  temperature_percent: z.number().int().min(0).max(200),
  /** The first sentence; it has to say who calls. */
  greeting: z.string().trim().min(1).max(1000),
  /** Said instead of the greeting from the second attempt on; empty: the greeting again. */
  retry_greeting: z.string().trim().max(1000),
  /** The prompt: what the assistant knows, wants and may not do. */
  instructions: z.string().trim().min(1).max(20_000),
  /** Spoken when a machine answers; empty: hang up without a word. */
  voicemail_message: z.string().trim().max(1000),
  /** Said when the person is silent or was not understood. */
  fallback_message: z.string().trim().max(500),
  /** The last words before it hangs up; empty: as the conversation goes. */
  goodbye_message: z.string().trim().max(500),
  /** How somebody can ask never to be called again; part of the instructions at the time of the call. */
  opt_out_sentence: z.string().trim().max(500),
  maximum_seconds: z.number().int().min(30).max(1800),
  fallback_seconds: z.number().int().min(2).max(60),
  silence_seconds: z.number().int().min(10).max(600),
  record_calls: z.boolean(),
  extraction: extractionSchema,
  /** When a conversation counts as a success; empty: the model judges by the instructions. */
  success_criterion: z.string().trim().max(1000),
})

export type AssistantContent = z.infer<typeof assistantSchema>

export interface CampaignOfAssistant {
  id: string
  name: string
  status: string
  /** null: it has not started, so no version is pinned yet. */
  version: number | null
}

export interface AssistantDetails extends AssistantCard {
  account_id: string
  archived_at: string | null
  /** What a change must name, so that nobody overwrites what somebody else wrote. */
  revision: number
  /** The draft, or the newest version where there is none. */
  content: AssistantContent
  published: AssistantContent | null
  draft_at: string | null
  draft_by_name: string | null
  published_at: string | null
  campaigns: CampaignOfAssistant[]
}

export interface AssistantVersion {
  id: string
  version: number
  note: string
  published_at: string
  by_name: string | null
  campaigns: CampaignOfAssistant[]
}

export interface SavedDraft {
  assistant_id: string
  revision: number
  /** null: the draft says nothing beyond the newest version. */
  saved_at: string | null
}

export interface PublishedAssistant {
  assistant_id: string
  version_id: string
  version: number
  revision: number
}

/** Whether a greeting says who calls. Punctuation, case and a legal form at the end ("Inc.", "GmbH") do not matter. */
export function saysWhoCalls(greeting: string, accountName: string): boolean {
  const name = plain(accountName)
  const short = name.replace(/ (?:inc|llc|ltd|limited|corp|co|company|gmbh|ag|sa|sarl|bv|plc)$/, '')
  const said = ` ${plain(greeting)} `
  return name !== '' && [name, short].some((form) => said.includes(` ${form} `))
}

const plain = (text: string) => text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, ' ').trim()
