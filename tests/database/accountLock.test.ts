/**
 * One lock makes every limit exact: whoever changes something waits for whoever works on the account, and what the heartbeat does
 * for many accounts leaves those alone on which somebody works. The test holds the account `for key share`: only those who ask
 * for the lock itself meet it, for changes of the row go through.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { connected, keptKey, listingOf } from '../factories/connection.ts'
import { openFullAccount, type FullAccount } from '../factories/everything.ts'
import { acceptedCall } from '../factories/call.ts'
import { createDatabase, type Session, type TestDatabase } from '../support/database.ts'
import { thrownAway } from '../support/thrownAway.ts'

type Named = 'enrolmentId' | 'noticeId' | 'consentId' | 'listId' | 'tagId' | 'versionId' | 'dispositionId' | 'invitationId' | 'ownInvitationId' | 'connectionId' | 'offeredId'
type Ids = FullAccount & Record<Named, string>

const account = (more: Record<string, unknown> = {}) => ({ accountId }: Ids) => ({ account_id: accountId, ...more })
const campaign = (more: Record<string, unknown> = {}) => ({ campaignId }: Ids) => ({ campaign_id: campaignId, ...more })

const chosen = ({ accountId, contactIds }: Ids) => ({ selection: { account_id: accountId, contact_ids: contactIds } })

const NOBODY = '00000000-0000-4000-8000-000000000000'
const somebody = account({ user_id: NOBODY })

const RANGE = { p50: 1, p90: 1 }

/** Everything that a person may change. */
const COMMANDS: Record<string, (ids: Ids) => Record<string, unknown>> = {
  accept_invitation: ({ ownInvitationId }) => ({ invitation_id: ownInvitationId }),
  archive_campaign: campaign(),
  choose_provider_number: ({ connectionId }) => ({ connection_id: connectionId, provider_ref: 'unlisted', concurrency_max: 1 }),
  connect_provider: ({ offeredId }) => ({ connection_id: offeredId }),
  close_account: account({ name: 'Nobody' }),
  call_now: ({ enrolmentId }) => ({ enrolment_id: enrolmentId }),
  copy_contacts: ({ campaignId }) => ({ campaign_id: campaignId, from_campaign_id: campaignId }),
  correct_number: ({ contactIds }) => ({ contact_id: contactIds[2], phone: '+12025559921' }),
  create_order: account({ request_id: '00000000-0000-4000-8000-000000000001', pack_id: 'minutes_50' }),
  deactivate_member: somebody,
  delete_campaign: campaign(),
  delete_contact: ({ contactIds }) => ({ contact_id: contactIds[0] }),
  delete_contact_list: ({ listId }) => ({ list_id: listId }),
  delete_contacts: chosen,
  delete_tag: ({ tagId }) => ({ tag_id: tagId }),
  dismiss_notice: ({ noticeId }) => ({ notice_id: noticeId }),
  duplicate_campaign: campaign({ name: 'Again' }),
  empty_campaign: campaign(),
  erase_account: account({ name: 'Nobody' }),
  erase_contact: ({ contactIds }) => ({ contact_id: contactIds[1] }),
  enrol_all_contacts: campaign(),
  enrol_contacts: ({ campaignId, contactIds }) => ({ campaign_id: campaignId, contact_ids: contactIds }),
  fail_import: ({ importId }) => ({ import_id: importId, reason: 'given_up' }),
  finish_import: ({ importId }) => ({ import_id: importId }),
  import_contacts: ({ importId }) => ({ import_id: importId, chunk: 1, rows: [{ row: 1, name: 'Bo', phone: '+12025559911', time_zone: 'UTC' }] }),
  import_do_not_call: account({ phones: ['+12025559912'] }),
  invite_member: account({ email: 'cy@example.com', role: 'viewer' }),
  keep_forecast: campaign({ figures: { people: 1, seconds: RANGE, dials: RANGE, answered: RANGE, finishes_at: RANGE } }),
  leave_account: account(),
  opt_out_contacts: chosen,
  opt_out_number: account({ phone: '+12025559913' }),
  override_consent: campaign({ reason: 'Paper forms' }),
  pause_campaign: campaign(),
  reactivate_member: somebody,
  reopen_account: account(),
  record_consents: ({ accountId, contactIds }) => ({ account_id: accountId, contact_ids: contactIds, consent: { basis: 'implied', purposes: ['service'], channel: 'other' } }),
  remove_enrolment: ({ enrolmentId }) => ({ enrolment_id: enrolmentId }),
  remove_provider: ({ connectionId }) => ({ connection_id: connectionId }),
  remove_opt_out: account({ phone: '+12025559902', reason: 'a mistake' }),
  repin_assistant: campaign(),
  request_number_check: account({ phone: '+12025559915' }),
  request_test_call: ({ versionId }) => ({ assistant_version_id: versionId, phone: '+12025559907' }),
  request_callback: ({ enrolmentId }) => ({ enrolment_id: enrolmentId, local_time: '2030-01-01T09:00' }),
  resend_invitation: ({ invitationId }) => ({ invitation_id: invitationId }),
  resume_campaign: campaign(),
  revoke_invitation: ({ invitationId }) => ({ invitation_id: invitationId }),
  revoke_consent: ({ consentId }) => ({ consent_id: consentId, reason: 'said so' }),
  retry_deletions: account(),
  save_account: account({ content: { name: 'Other' } }),
  save_allowed_networks: account({ networks: [] }),
  save_account_rules: account({ content: { frequency_cap: 2 } }),
  save_auto_top_up: account({ settings: {} }),
  save_billing_details: account({ details: {} }),
  save_campaign: ({ accountId, campaignId }) => ({ account_id: accountId, campaign_id: campaignId, content: { name: 'Summer' } }),
  save_contact: account({ contact_id: null, content: { name: 'Cy', phone: '+12025559914', time_zone: 'UTC' } }),
  save_contact_list: account({ list_id: null, content: { name: 'New' } }),
  remove_disposition: ({ dispositionId }) => ({ disposition_id: dispositionId }),
  save_disposition: account({ disposition_id: null, name: 'Booked', meaning: 'positive' }),
  save_privacy: account({ content: { recording_days: 90 } }),
  save_tag: account({ tag_id: null, name: 'New' }),
  schedule_campaign: campaign({ launch_at: '2030-01-01T09:00' }),
  set_disposition: ({ callId }) => ({ call_id: callId, disposition: 'interested' }),
  set_hipaa_mode: account({ is_on: false }),
  require_second_factor: account({ is_required: false }),
  set_list_members: (ids) => ({ list_id: ids.listId, ...chosen(ids), is_member: true }),
  set_member_role: account({ user_id: NOBODY, role: 'viewer' }),
  start_campaign: campaign(),
  stop_campaign: campaign(),
  undo_import: ({ importId }) => ({ import_id: importId }),
  tag_contacts: (ids) => ({ ...chosen(ids), add_tag_ids: [ids.tagId] }),
  transfer_ownership: somebody,
  unarchive_campaign: campaign(),
  unschedule_campaign: campaign(),
}
/** What no limit, window or queue depends on. */
const NEEDS_NO_LOCK = ['accept_terms', 'ask_call_end', 'save_call_view', 'export_calls', 'delete_call_view', 'add_contact_note', 'archive_assistant', 'assign_to_campaign', 'change_import', 'check_import_rows', 'confirm_own_number', 'create_assistant', 'create_import', 'delete_contact_note', 'duplicate_assistant', 'export_account', 'export_contacts', 'export_do_not_call', 'open_account', 'publish_assistant', 'read_notifications', 'restore_assistant_version', 'save_assistant', 'save_assistant_draft', 'save_notice_preference', 'set_default_payment_method', 'unarchive_assistant', 'watch_call', 'keep_test_version', 'remove_own_number']

/** What providers, payments and operators bring about. */
const ANSWERS: Record<string, (ids: Ids) => string> = {
  'a refusal of the provider': () => `update public.calls set accepted_at = null where settled_at is null;
    select private.record_dial(id, '{"kind": "refused", "class": "capacity"}') from public.calls where settled_at is null`,
  'a call that the provider does not know': () => `update public.calls set provider_call_id = null, accepted_at = null where settled_at is null;
    select private.record_call_check(id, '{"kind": "absent", "absence_counts": true}') from public.calls where settled_at is null`,
  'a tool that the assistant uses': () => `select private.answer_tool_calls(jsonb_build_object('provider', 'vapi', 'dedupe_key', 'k', 'attempt_id', attempt_id, 'tools', '[]'::jsonb), '{}')
    from public.calls where settled_at is null`,
  'a top-up': ({ accountId }) => `select private.post_entry('${accountId}', 'purchase', 600, 'order:1')`,
  'a payment': () => `select private.record_checkout(id, '{"session_id": "s"}') from public.orders limit 1`,
  'a card that was saved': ({ accountId }) => `select private.record_payment_methods('${accountId}', 'cus', '[]')`,
  'what a provider lists': ({ connectionId }) => `select private.record_provider_listing('${connectionId}', gen_random_uuid(), '{}')`,
  'a law that was loosened': ({ accountId }) => `select private.judge_windows_anew('${accountId}')`,
}

const RINGING = `select private.record_call_event(jsonb_build_object('provider', 'vapi', 'dedupe_key', 'k', 'state', 'ringing', 'attempt_id', attempt_id), '{}')
  from public.calls where settled_at is null`
const DUE = `update engine.dial_queue set due_at = private.now() - interval '1 minute'`

/** What the engine does for one account: when there is something to do, and what of it stays undone. */
const HEARTBEAT: Record<string, { given: (ids: Ids) => string, work: string, undone: string }> = {
  'takes back no call whose lease is over': { given: () => `update public.calls set state = 'reserved', dialled_at = null, lease_until = private.now() - interval '1 second' where settled_at is null`,
    work: 'select private.sweep_leases(private.now())', undone: `select from public.calls where state = 'reserved'` },
  'asks about no call that was not heard of': { given: () => `update public.calls set lease_until = private.now() - interval '1 second' where settled_at is null`,
    work: 'select private.sweep_leases(private.now())', undone: `select from public.calls where state = 'dialing'` },
  'ends no call past its time': { given: () => `update public.calls set dialled_at = dialled_at - interval '1 hour' where settled_at is null`,
    work: 'select private.sweep_stale(private.now())', undone: `select from public.calls where state = 'dialing'` },
  'pauses no campaign at its end': { given: ({ campaignId }) => `update public.campaigns set ends_at = private.now() - interval '1 second' where id = '${campaignId}'`,
    work: 'select private.sweep_schedule(private.now())', undone: `select from public.campaigns where status = 'active'` },
  'takes nobody out of a stopped campaign': { given: ({ campaignId }) => `update public.campaigns set status = 'stopped' where id = '${campaignId}'`,
    work: 'select private.sweep_stopped()', undone: `select from public.enrolments where status = 'waiting'` },
  'judges nobody anew': { given: ({ campaignId }) => `update engine.campaigns set judge_from = 0 where campaign_id = '${campaignId}'`,
    work: 'select private.sweep_portions()', undone: 'select from engine.campaigns where judge_from = 0' },
  'orders no queue anew': { given: ({ campaignId }) => `update engine.campaigns set order_from = 0 where campaign_id = '${campaignId}'`,
    work: 'select private.sweep_portions()', undone: 'select from engine.campaigns where order_from = 0' },
  'tells nobody of minutes that ran out': { given: () => `delete from public.notices; update engine.accounts set wait_reason = 'no_minutes', reserved_seconds = 0`,
    work: 'select private.sweep_short_accounts()', undone: 'select where not exists (select from public.notices)' },
  'takes back no notice of minutes that ran out': { given: ({ accountId }) => `select private.notify('${accountId}', null, 'no_minutes')`,
    work: 'select private.sweep_short_accounts()', undone: `select from public.notices where kind = 'no_minutes' and resolved_at is null` },
  'mails no notice': { given: () => `update public.notices set created_at = private.now() - interval '2 minutes', mailed_at = null`,
    work: 'select private.sweep_notice_mails(private.now())', undone: 'select from public.notices where mailed_at is null' },
  'wakes no lane': { given: () => `${DUE}; update engine.lanes set next_at = null`, work: 'select private.sweep_missed_wakes(private.now())', undone: 'select from engine.lanes where next_at is null' },
  'works on no event': { given: () => RINGING,
    work: 'select private.process_call_events(10)', undone: `select from public.calls where state = 'dialing'` },
  'claims nothing': { given: () => `${DUE}; update engine.lanes set next_at = private.now(); update engine.accounts set next_at = private.now()`,
    work: 'select private.claim_calls(10)', undone: `select where not exists (select from public.calls where state = 'reserved')` },
  'corrects no counter': { given: () => 'update engine.accounts set in_flight = 7', work: 'select private.correct_account(account_id, null) from engine.accounts',
    undone: 'select from engine.accounts where in_flight = 7' },
  'destroys no key': { given: ({ offeredId }) => `update engine.provider_connections set key_at = private.now() - interval '1 hour' where id = '${offeredId}'`,
    work: 'select private.sweep_connections(private.now())', undone: `select from engine.provider_connections where state = 'offered'` },
  'announces no change': { given: ({ campaignId }) => `update engine.campaigns set changed_at = private.now(), sent_at = null where campaign_id = '${campaignId}'`,
    work: 'select private.broadcast_changes()', undone: 'select from engine.campaigns where changed_at is not null' },
}

describe('while somebody works on an account', () => {
  let db: TestDatabase
  let ids: Ids
  let holder: Session
  beforeAll(async () => {
    db = await createDatabase()
    const full = await openFullAccount(db)
    // One call is on its way, and one contact waits for the time they were promised.
    await db.sql`delete from public.account_hours`
    await acceptedCall(db)
    const [own] = await db.sql<{ id: string }[]>`insert into public.invitations (account_id, email, role, expires_at)
      select ${full.accountId}, lower(email), 'viewer', private.now() + interval '1 day' from auth.users where id = ${full.userId} returning id`
    const [found] = await db.sql<Omit<Ids, keyof FullAccount | 'connectionId' | 'offeredId'>[]>`select ${own!.id}::uuid as "ownInvitationId",
      (select id from public.invitations where account_id = ${full.accountId} and id <> ${own!.id}) as "invitationId",
      (select id from public.enrolments where account_id = ${full.accountId} and status = 'waiting' limit 1) as "enrolmentId",
      (select id from public.notices where account_id = ${full.accountId} and kind = 'budget') as "noticeId",
      (select id from public.consents where account_id = ${full.accountId} limit 1) as "consentId",
      (select id from public.assistant_versions where account_id = ${full.accountId} limit 1) as "versionId",
      (select id from public.dispositions where account_id = ${full.accountId}) as "dispositionId",
      (select id from public.contact_lists where account_id = ${full.accountId}) as "listId", (select id from public.tags where account_id = ${full.accountId}) as "tagId"`
    ids = { ...full, ...found!, connectionId: (await connected(db, full)).connectionId, offeredId: await keptKey(db, full.accountId, listingOf()) }
    await db.sql`update engine.accounts set changed_at = null`
    await db.sql`update engine.campaigns set changed_at = null`
    holder = await db.session('postgres')
    await hold()
  })
  const hold = async () => {
    await holder.begin()
    await holder.query(`select from engine.accounts where account_id = '${ids.accountId}' for key share`)
  }
  /** Fails when nobody waits for the lock. */
  const cancelWhoWaits = async () => {
    await expect.poll(() => db.whoWaits(), { interval: 5 }).toHaveLength(1)
    await db.admin`select pg_cancel_backend(pid) from unnest(${await db.whoWaits()}::int[]) pid`
  }
  afterAll(async () => {
    await holder.close()
    await db.drop()
  })

  describe('a person who changes something waits', () => {
    test.each(Object.keys(COMMANDS))('%s', async (command) => {
      const person = await db.session({ userId: ids.userId })
      await person.begin()
      await person.query(`set lock_timeout = '10s'`)
      const commanded = person.rpc(command, COMMANDS[command]!(ids)).then(() => 'went ahead', (error: Error) => error.message)
      await cancelWhoWaits()
      expect(await commanded).toMatch(/cancel/)
      await person.close()
    })

    test('whatever the command', async () => {
      const found = await db.sql<{ name: string }[]>`select proname as name from pg_proc where pronamespace = 'public'::regnamespace and provolatile = 'v'
        and has_function_privilege('authenticated', oid, 'execute')`
      expect([...Object.keys(COMMANDS), ...NEEDS_NO_LOCK].sort()).toEqual(found.map(({ name }) => name).sort())
    })
  })

  test.each(Object.keys(ANSWERS))('%s waits, too', async (what) => {
    const answer = thrownAway(db, (query) => query(`${ANSWERS[what]!(ids)}`)).then(() => 'went ahead', (error: Error) => error.message)
    await cancelWhoWaits()
    expect(await answer).toMatch(/cancel/)
  })

  test.each(Object.keys(HEARTBEAT))('the heartbeat %s, and waits for nobody', async (what) => {
    const { given, work, undone } = HEARTBEAT[what]!
    const isUndone = () => thrownAway(db, async (query) => {
      await query(`set local lock_timeout = '1s'`)
      await query(given(ids))
      await query(work)
      return (await query(undone)).length > 0
    })
    expect(await isUndone()).toBe(true)
    // And has something to do once the account is free.
    await holder.commit()
    await isUndone().then((answer) => expect(answer).toBe(false)).finally(hold)
  })
})
