/** An account of a whole stack with a month of calls behind it. */
import type { StackFile } from '../../supabase/local/stackFile.ts'
import { createCampaign } from '../factories/campaign.ts'
import { asAdmin, giveMinutes, importPeople, type WebAccount } from '../support/webAccount.ts'
import { seedConversations } from './seedConversations.ts'

const DAYS = 30

/** A running campaign whose people were called once by the engine and a month long by SQL; then it is paused, so that pages alone are measured. */
export async function seedMonth(stack: StackFile, account: WebAccount, { calls, people }: { calls: number, people: number }): Promise<string> {
  await giveMinutes(stack, account.accountId, 600)
  const ids = await importPeople(account, Array.from({ length: people }, (_, index) => ({ name: `Person ${index}`, phone: `+1212${2_000_000 + index}` })))
  const { campaignId } = await createCampaign(account, { contacts: 0, content: { name: 'Spring renewals' } })
  await account.owner.rpc('enrol_contacts', { campaign_id: campaignId, contact_ids: ids })
  await account.owner.rpc('start_campaign', { campaign_id: campaignId })
  await until(async () => (await asAdmin(stack, (sql) => sql`select from public.calls where settled_at is not null limit 1`)).length > 0)
  await account.owner.rpc('pause_campaign', { campaign_id: campaignId })
  await until(async () => (await asAdmin(stack, (sql) => sql`select from public.calls where settled_at is null limit 1`)).length === 0)
  await asAdmin(stack, (sql) => seedConversations({ admin: sql }, account.accountId, calls, DAYS))
  return campaignId
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  for (const end = Date.now() + 300_000; Date.now() < end; await new Promise((resolve) => setTimeout(resolve, 250))) {
    if (await isSo()) return
  }
  throw new Error('The first calls were not over within five minutes.')
}
