import type { AssistantContent } from './assistant.ts'
import type { ExtractionField } from './extraction.ts'
import { openingOf, type Disclosures } from './opening.ts'

/** In which order those are called who are due at the same time. */
export const callOrders = [
  /** As they were brought in. */
  'enrolled',
  /** By lot, drawn for each contact when it comes in. */
  'random',
] as const
export type CallOrder = (typeof callOrders)[number]

/** What a campaign says over its assistant. Empty or null: as the assistant has it; private.campaign_words in SQL applies it. */
export interface CampaignWords {
  /** Said to the model after the assistant's instructions, with the same placeholders. */
  prompt: string
  voice_id: string | null
  language: string | null
  record_calls: boolean | null
  /** What to find out beside what the assistant asks. */
  qualification: ExtractionField[]
}

/** What people would hear with the words that stand in a form: private.preview_campaign in SQL composes it as it does for a call. */
export interface CampaignPreview {
  content: AssistantContent
  /** The assistant's version that it calls with, or would now. */
  version: number
  disclosures: Disclosures
  is_recorded: boolean
  voice_name: string
  /** A voice and a language that were chosen here and do not go together. */
  voice_fault: { voice_name: string, language: string } | null
  account_name: string
}

/** The texts with what has to be said before the conversation, as placeholders still: what of it the greeting says itself is not said twice. */
export function heardContent({ content, disclosures, account_name }: CampaignPreview): AssistantContent {
  const opening = (greeting: string) => greeting && openingOf(greeting, disclosures, account_name)
  return { ...content, greeting: opening(content.greeting), retry_greeting: opening(content.retry_greeting), opt_out_sentence: '' }
}
