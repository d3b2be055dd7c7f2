/** Calls that no provider knows of, and what a provider would say of them, over real HTTP: the load of the parts that measure a running stack. */
import type { StackFile } from '../../supabase/local/stackFile.ts'
import { createCampaign } from '../factories/campaign.ts'
import { asAdmin, giveMinutes, importPeople, type WebAccount } from '../support/webAccount.ts'
import { dialMany } from './liveCalls.ts'
import { widenLine } from './seed.ts'

const CHUNK = 1_000

/** People of a web account, enrolled by its owner, dialled by the functions of the dispatcher: no provider knows of these calls. */
export async function seedLiveCalls(stack: StackFile, account: WebAccount, count: number): Promise<{ campaignId: string, ids: string[] }> {
  await giveMinutes(stack, account.accountId, count * 10)
  const contacts = await importPeople(account, Array.from({ length: count }, (_, index) => ({ name: `Person ${index}`, phone: `+1212${2_000_000 + index}` })))
  const { campaignId } = await createCampaign(account, { contacts: 0 })
  for (let from = 0; from < count; from += CHUNK) {
    await account.owner.rpc('enrol_contacts', { campaign_id: campaignId, contact_ids: contacts.slice(from, from + CHUNK) })
  }
  const ids = await asAdmin(stack, async (sql) => {
    await widenLine(sql)
    await sql`update engine.accounts set concurrency_max = 1000000 where account_id = ${account.accountId}`
    // The stack's own dispatcher sees dialling switched off from before the start on, this transaction alone sees it on.
    await sql`update engine.settings set enabled = false`
    await account.owner.rpc('start_campaign', { campaign_id: campaignId })
    return sql.begin(async (transaction) => {
      await transaction`update engine.settings set enabled = true`
      const dialled = await dialMany(transaction, count)
      await transaction`update engine.settings set enabled = false`
      return dialled
    })
  })
  return { campaignId, ids }
}

/** Answers how many milliseconds the provider waited for its answer. */
export async function sendEvent(stack: StackFile, message: Record<string, unknown>): Promise<number> {
  const headers = { 'content-type': 'application/json', 'x-vapi-secret': stack.vapi_webhook_secret }
  const body = JSON.stringify({ message })
  const began = performance.now()
  const response = await fetch(`${stack.api_url}/functions/v1/receive-call-event/vapi`, { method: 'POST', headers, body })
  const answer = await response.json() as { is_new?: boolean }
  if (!answer.is_new) throw new Error(`an event was answered with ${response.status}: ${JSON.stringify(answer)}`)
  return performance.now() - began
}

/** Somebody spoke for a minute and hung up. */
export function reportOf(callId: string): Record<string, unknown> {
  const ended = Date.now()
  const messages = Array.from({ length: 12 }, (_, index) => ({
    role: index % 2 ? 'user' : 'bot', message: 'Yes, that would suit me well, thank you for asking.', secondsFromStart: index * 5, duration: 4_000 }))
  return {
    type: 'end-of-call-report', call: { id: callId }, timestamp: ended, endedReason: 'customer-ended-call', cost: 0.07,
    startedAt: new Date(ended - 61_000).toISOString(), endedAt: new Date(ended).toISOString(),
    analysis: { summary: 'They agreed to a meeting.', successEvaluation: 'true' }, artifact: { messages, transcript: messages.map(({ message }) => message).join('\n') },
  }
}

/** What the provider says while a call is on its way: `ringing`, `in-progress`. */
export function statusOf(callId: string, status: string): Record<string, unknown> {
  return { type: 'status-update', call: { id: callId }, timestamp: Date.now(), status }
}
