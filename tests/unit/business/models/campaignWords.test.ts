import { expect, it } from 'vitest'
import type { AssistantContent } from '../../../../business/models/assistant.ts'
import { heardContent, type CampaignPreview } from '../../../../business/models/campaignWords.ts'

const preview = (greeting: string, retry_greeting = ''): CampaignPreview => ({
  content: { greeting, retry_greeting, opt_out_sentence: 'Say stop.', instructions: 'Be kind.' } as AssistantContent,
  version: 2, is_recorded: true, voice_name: 'Emma', voice_fault: null, account_name: 'Northwind',
  disclosures: { caller: '', ai: 'I am an AI.', recording: 'This call is recorded.', opt_out: 'Say stop.' },
})

it('shows what has to be said where it is said: after the greeting, before its question, and once', () => {
  expect(heardContent(preview('Hello {name|there}. Do you have a minute?', 'Again Northwind, an AI.'))).toMatchObject({
    greeting: 'Hello {name|there}. I am an AI. This call is recorded. Say stop. Do you have a minute?',
    retry_greeting: 'Again Northwind, an AI. This call is recorded. Say stop.', opt_out_sentence: '', instructions: 'Be kind.' })
  expect(heardContent(preview('Hi.')).retry_greeting, 'without one there is none').toBe('')
})
