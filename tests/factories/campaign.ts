/** Assistants, contacts and campaigns, made by the commands that people use. */
import type { Actor } from '../support/database.ts'

export const ALWAYS = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, opens_at: '00:00', closes_at: '24:00' }))
const ASSISTANT = { name: 'Ava', voice_id: 'elliot', language: 'en', greeting: 'Hi {name}, this is Ava of Company.', instructions: 'Be kind.', maximum_seconds: 300, record_calls: true }

/** Enough for every campaign everywhere. consent: null in a contact's content makes one who agreed to nothing. */
export const CONSENT = { basis: 'express_written', purposes: ['sales', 'service', 'survey', 'reminder'], channel: 'web_form', given_at: '2025-01-01T00:00:00Z' }

/** Whoever may edit in the account, whether straight in the database or over HTTP. */
export interface Editor { accountId: string, owner: Pick<Actor, 'rpc'> }

let counter = 0

/** A number nobody else in this file has; its last two digits are the simulator's magic ones, 01 (answers) by default. */
export function newPhone(ending = '01'): string {
  counter += 1
  return `+1202${String(200_00 + counter)}${ending}`
}

export async function createAssistant(account: Editor, content: Record<string, unknown> = {}): Promise<string> {
  const { assistant_id: id } = await account.owner.rpc<{ assistant_id: string }>('save_assistant', { account_id: account.accountId, assistant_id: null, content: { ...ASSISTANT, ...content } })
  return id
}

export async function createContact(account: Editor, content: Record<string, unknown> = {}): Promise<string> {
  const { contact_id: id } = await account.owner.rpc<{ contact_id: string }>('save_contact', {
    account_id: account.accountId, contact_id: null, content: { name: 'Jo Field', phone: newPhone(), time_zone: 'America/New_York', consent: CONSENT, ...content } })
  return id
}

export interface CampaignOptions { contacts?: number | Record<string, unknown>[], content?: Record<string, unknown>, assistant?: Record<string, unknown> }
export interface TestCampaign { campaignId: string, assistantId: string, contactIds: string[] }

export async function createCampaign(account: Editor, { contacts = 1, content = {}, assistant = {} }: CampaignOptions = {}): Promise<TestCampaign> {
  const assistantId = await createAssistant(account, assistant)
  const { campaign_id: campaignId } = await account.owner.rpc<{ campaign_id: string }>('save_campaign', {
    account_id: account.accountId, campaign_id: null,
    content: { name: 'Spring', assistant_id: assistantId, time_zone: 'America/New_York', max_attempts: 2, windows: ALWAYS, ...content } })
  const contactIds: string[] = []
  for (const contact of typeof contacts === 'number' ? Array.from({ length: contacts }, () => ({})) : contacts) contactIds.push(await createContact(account, contact))
  if (contactIds.length > 0) await account.owner.rpc('enrol_contacts', { campaign_id: campaignId, contact_ids: contactIds })
  return { campaignId, assistantId, contactIds }
}

export async function startedCampaign(account: Editor, options: CampaignOptions = {}): Promise<TestCampaign> {
  const campaign = await createCampaign(account, options)
  await account.owner.rpc('start_campaign', { campaign_id: campaign.campaignId })
  return campaign
}
