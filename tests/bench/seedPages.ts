/** The pages that a person looks at most, and an account that has something on each of them. */
import type { StackFile } from '../../supabase/local/stackFile.ts'
import { createCampaign } from '../factories/campaign.ts'
import { giveMinutes, importPeople, openWebAccount, type WebAccount } from '../support/webAccount.ts'

/** An account with something on each page: a thousand contacts and a campaign whose first call is over. */
export async function seedPages(stack: StackFile): Promise<{ account: WebAccount, paths: Record<string, string> }> {
  const account = await openWebAccount(stack)
  await giveMinutes(stack, account.accountId, 60)
  const people = Array.from({ length: 1000 }, (_, index) => ({ name: `Person ${index}`, phone: `+1212${2_000_000 + index}` }))
  const ids = await importPeople(account, [{ name: 'Grace Hopper', phone: '+12124567807' }, ...people])
  const { campaignId, assistantId } = await createCampaign(account, { contacts: 0, content: { name: 'Spring renewals' } })
  await account.owner.rpc('enrol_contacts', { campaign_id: campaignId, contact_ids: ids.slice(0, 500) })
  await account.owner.rpc('start_campaign', { campaign_id: campaignId })
  const { campaignId: draftId } = await createCampaign(account, { contacts: 1, content: { name: 'Autumn renewals' } })
  await account.owner.rpc('import_do_not_call', {
    account_id: account.accountId, phones: Array.from({ length: 500 }, (_, index) => `+1305${2_000_000 + index}`), reason: 'Customers who left' })
  const callId = await firstFinishedCall(account)
  await account.owner.rpc('pause_campaign', { campaign_id: campaignId })
  return { account, paths: {
    dashboard: '/', 'campaign list': '/campaigns', 'campaign detail': `/campaigns/${campaignId}`, 'campaign form': `/campaigns/${campaignId}/edit`, 'campaign wizard': '/campaigns/new',
    'campaign review': `/campaigns/${draftId}/setup/review`, 'assistant list': '/assistants', billing: '/billing', notifications: '/notifications', settings: '/settings/dispositions',
    contacts: '/contacts', 'contact detail': `/contacts/${ids[0]}`, 'do-not-call list': '/contacts/do-not-call', calls: '/calls',
    'call detail': `/calls/${callId}`, 'assistant editor': `/assistants/${assistantId}` } }
}

async function firstFinishedCall(account: WebAccount): Promise<string> {
  const filter = { account_id: account.accountId, outcomes: ['answered'] }
  for (const end = Date.now() + 120_000; Date.now() < end; await new Promise((resolve) => setTimeout(resolve, 500))) {
    const { rows } = await account.owner.rpc<{ rows: { id: string, settled_at: string | null, recording_state: string }[] }>('list_calls', { filter })
    const finished = rows.find(({ settled_at, recording_state }) => settled_at && recording_state === 'stored')
    if (finished) return finished.id
  }
  throw new Error('No call was answered, settled and recorded within two minutes.')
}
