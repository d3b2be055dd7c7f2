/** An account that has something in every table: for whoever asks of all tables at once. */
import { addMember, openAccount, type TestAccount } from './account.ts'
import { acceptedCall, processEvents, report, sendEvent } from './call.ts'
import { createContact, startedCampaign } from './campaign.ts'
import { fillBilling } from './order.ts'
import type { TestDatabase } from '../support/database.ts'

export interface FullAccount extends TestAccount {
  campaignId: string
  assistantId: string
  /** The first one was called and listened to, the others wait. */
  contactIds: string[]
  callId: string
  importId: string
}

export async function openFullAccount(db: TestDatabase): Promise<FullAccount> {
  const account = await openAccount(db)
  const { campaignId, assistantId, contactIds } = await startedCampaign(account, { contacts: 3 })
  const { callId, providerCallId } = await acceptedCall(db)
  await sendEvent(db, report(providerCallId))
  await processEvents(db)
  return { ...account, campaignId, assistantId, contactIds, callId, importId: await fillTheRest(db, account, campaignId) }
}

async function fillTheRest(db: TestDatabase, account: TestAccount, campaignId: string): Promise<string> {
  const { import_id: importId } = await account.owner.rpc<{ import_id: string }>('create_import', { account_id: account.accountId, file_name: 'a.csv', default_time_zone: null, row_count: 0 })
  await account.owner.rpc('import_contacts', { import_id: importId, chunk: 0, rows: [{ row: 1, name: 'Al', phone: '+12025559901', time_zone: 'UTC' }] })
  await db.sql`with list as (insert into public.contact_lists (account_id, name) values (${account.accountId}, 'Fair') returning id),
    tag as (insert into public.tags (account_id, name) values (${account.accountId}, 'Warm') returning id), person as (select id from public.contacts where account_id = ${account.accountId} limit 1),
    member as (insert into public.contact_list_members (list_id, contact_id, account_id) select l.id, p.id, ${account.accountId} from list l, person p),
    tagged as (insert into public.contact_tags (tag_id, contact_id, account_id) select t.id, p.id, ${account.accountId} from tag t, person p)
    insert into public.contact_notes (account_id, contact_id, body) select ${account.accountId}, p.id, 'Likes mornings' from person p`
  await createContact(account, { phone: '+12025559902' })
  await account.owner.rpc('opt_out_number', { account_id: account.accountId, phone: '+12025559902' })
  await db.sql`insert into public.consents (account_id, contact_id, basis, purposes, channel, given_at) select account_id, contact_id, 'implied', '{service}', 'other', private.now()
    from public.enrolments where campaign_id = ${campaignId} limit 1`
  await db.sql`select private.notify(${account.accountId}, ${campaignId}, 'budget'), private.tell_event(${account.accountId}, 'completed', 'once', ${campaignId}, null, null, '{}')`
  await account.owner.rpc('save_notice_preference', { account_id: account.accountId, topic: 'paused', by_email: true })
  await account.owner.rpc('save_disposition', { account_id: account.accountId, disposition_id: null, name: 'Visit booked', meaning: 'positive' })
  await account.owner.rpc('save_call_view', { account_id: account.accountId, name: 'Reached', query: 'outcome=answered' })
  await account.owner.rpc('read_notifications', { account_id: account.accountId })
  await db.sql`select private.schedule_callback(id, private.now() + interval '2 hours', 'hand') from public.enrolments where campaign_id = ${campaignId} limit 1`
  await db.sql`select private.replace_retries(${campaignId}, ${account.accountId}, '[{"outcome": "busy", "retries": 1, "delays_minutes": [5], "shifts_day_part": false}]')`
  await db.sql`insert into public.account_hours (account_id, weekday, opens_at, closes_at) values (${account.accountId}, 1, '08:00', '18:00')`
  await db.sql`insert into public.blackout_dates (account_id, day) values (${account.accountId}, '2030-01-01')`
  await db.sql`insert into public.dial_denials (account_id, enrolment_id, contact_id, phone, reason, rule_version)
    select account_id, id, contact_id, '+12025559901', 'wish', 1 from public.enrolments where campaign_id = ${campaignId} limit 1`
  await db.sql`insert into public.phone_numbers (account_id, e164, provider, provider_ref) values (${account.accountId}, '+12025559900', 'vapi', ${account.accountId})`
  await account.owner.rpc('invite_member', { account_id: account.accountId, email: 'bo@example.com', role: 'agent' })
  const { userId: formerId } = await addMember(db, account, 'viewer')
  await account.owner.rpc('deactivate_member', { account_id: account.accountId, user_id: formerId })
  await db.sql`insert into public.own_numbers (user_id, phone) values (${account.userId}, '+12025559907')`
  await db.sql`insert into engine.number_checks (user_id, account_id, call_id, phone, expires_at)
    select ${account.userId}, account_id, id, '+12025559907', private.now() from public.calls where account_id = ${account.accountId} limit 1`
  await db.sql`insert into engine.call_ends (call_id, user_id, asked_at, answer)
    select id, ${account.userId}, private.now(), 'over' from public.calls where account_id = ${account.accountId} limit 1`
  await fillBilling(db, account)
  return importId
}
