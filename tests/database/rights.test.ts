/**
 * Whoever may do everything but one thing cannot do that one thing: each command of the API, asked by a member who holds every
 * right except the one it needs, and by somebody with an account of their own. A new command without its line here fails.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addMember, openAccount } from '../factories/account.ts'
import { connected, keptKey, listingOf } from '../factories/connection.ts'
import { openFullAccount, type FullAccount } from '../factories/everything.ts'
import { createDatabase, errorOf, type Actor, type Session, type TestDatabase } from '../support/database.ts'

type Args = Record<string, unknown>
/** whole: an assigned campaign is not enough. */
interface Right { needs: string[], whole?: true, args: (ids: FullAccount & { [name: string]: unknown }) => Args }

const account = (more: Args = {}) => ({ accountId }: FullAccount): Args => ({ account_id: accountId, ...more })
const chosen = ({ accountId, contactIds }: FullAccount): Args => ({ selection: { account_id: accountId, contact_ids: contactIds } })
const filter = ({ accountId }: FullAccount): Args => ({ filter: { account_id: accountId } })
const campaign = (more: Args = {}) => ({ campaignId }: FullAccount): Args => ({ campaign_id: campaignId, ...more })
/** Somebody else in the account, who is an agent. */
const person = (more: Args = {}) => ({ accountId, agentId }: FullAccount & Args): Args => ({ account_id: accountId, user_id: agentId, ...more })
const owner = (more: Args = {}) => ({ accountId, userId }: FullAccount): Args => ({ account_id: accountId, user_id: userId, ...more })

const RANGE = { p50: 1, p90: 1 }

/** command → every right that it asks for; of those who hold it for assigned campaigns only, none is assigned to this one. */
const RIGHTS: Record<string, Right> = {
  accept_terms: { needs: ['campaigns.run'], args: account({ version: 1 }) },
  add_contact_note: { needs: ['contacts.read_personal'], args: ({ contactIds }) => ({ contact_id: contactIds[0], body: 'Hello' }) },
  archive_assistant: { needs: ['assistants.edit'], args: ({ assistantId }) => ({ assistant_id: assistantId }) },
  ask_call_end: { needs: ['calls.end'], args: ({ callId }) => ({ call_id: callId }) },
  assign_to_campaign: { needs: ['campaigns.edit'], args: ({ campaignId, userId }) => ({ campaign_id: campaignId, user_id: userId, is_assigned: true }) },
  archive_campaign: { needs: ['campaigns.run'], args: campaign() },
  call_now: { needs: ['campaigns.run'], args: ({ enrolmentId }) => ({ enrolment_id: enrolmentId }) },
  check_provider_right: { needs: ['account.manage'], args: account() },
  choose_provider_number: { needs: ['account.manage'], args: ({ connectionId }) => ({ connection_id: connectionId, provider_ref: 'unlisted', concurrency_max: 1 }) },
  connect_provider: { needs: ['account.manage'], args: ({ offeredId }) => ({ connection_id: offeredId }) },
  close_account: { needs: ['account.close'], args: account({ name: 'Nobody' }) },
  campaign_blockers: { needs: ['campaigns.read'], args: campaign() },
  campaign_overview: { needs: ['campaigns.read'], args: campaign() },
  card_for_removal: { needs: ['billing.manage'], args: ({ accountId }) => ({ payment_method_id: `pm_${accountId}` }) },
  change_import: { needs: ['contacts.edit'], args: ({ importId }) => ({ import_id: importId, content: {} }) },
  check_import_rows: { needs: ['contacts.edit'], args: ({ importId }) => ({ import_id: importId, rows: [] }) },
  contact_timeline: { needs: ['contacts.read'], args: ({ contactIds }) => ({ contact_id: contactIds[0] }) },
  copy_contacts: { needs: ['campaigns.edit'], args: ({ campaignId }) => ({ campaign_id: campaignId, from_campaign_id: campaignId }) },
  correct_number: { needs: ['contacts.edit'], args: ({ contactIds }) => ({ contact_id: contactIds[2], phone: '+12025559921' }) },
  count_calls: { needs: [], args: filter },
  count_contacts: { needs: [], args: filter },
  count_old: { needs: ['account.manage'], args: account({ kind: 'recordings', days: 30 }) },
  count_unread: { needs: ['account.read'], args: account() },
  create_assistant: { needs: ['assistants.edit'], args: account() },
  create_import: { needs: ['contacts.edit'], args: account({ file_name: 'a.csv' }) },
  create_order: { needs: ['billing.manage'], args: account({ request_id: '00000000-0000-4000-8000-000000000001', pack_id: 'minutes_50' }) },
  current_terms: { needs: ['account.read'], args: account() },
  current_wallet: { needs: ['account.read'], args: account() },
  customer_for_cards: { needs: ['billing.manage'], args: account() },
  dashboard: { needs: ['account.read'], args: account() },
  deactivate_member: { needs: ['team.manage'], args: person() },
  'deactivate_member who owns': { needs: ['team.owners'], args: owner() },
  delete_call_view: { needs: [], args: ({ viewId }) => ({ view_id: viewId }) },
  delete_campaign: { needs: ['campaigns.edit'], args: campaign() },
  delete_contact: { needs: ['contacts.edit'], args: ({ contactIds }) => ({ contact_id: contactIds[0] }) },
  delete_contact_list: { needs: ['contacts.edit'], args: ({ listId }) => ({ list_id: listId }) },
  delete_contact_note: { needs: ['contacts.read_personal', 'contacts.edit'], args: ({ noteId }) => ({ note_id: noteId }) },
  delete_contacts: { needs: ['contacts.edit', 'contacts.read'], args: chosen },
  delete_tag: { needs: ['contacts.edit'], args: ({ tagId }) => ({ tag_id: tagId }) },
  dial_proof: { needs: ['calls.read', 'contacts.read_personal'], whole: true, args: account({ phone: '+12025559901', from_at: '2026-01-01', to_at: '2027-01-01' }) },
  dismiss_notice: { needs: ['campaigns.run'], args: ({ noticeId }) => ({ notice_id: noticeId }) },
  'dismiss_notice of the account': { needs: ['campaigns.run'], args: ({ accountNoticeId }) => ({ notice_id: accountNoticeId }) },
  do_not_call_history: { needs: ['contacts.read_personal'], whole: true, args: account({ phone: '+12025559902' }) },
  duplicate_assistant: { needs: ['assistants.edit'], args: ({ assistantId }) => ({ assistant_id: assistantId }) },
  duplicate_campaign: { needs: ['campaigns.edit'], args: campaign({ name: 'Again' }) },
  erase_account: { needs: [], args: account({ name: 'Nobody' }) },
  erase_contact: { needs: ['contacts.erase'], args: ({ contactIds }) => ({ contact_id: contactIds[1] }) },
  empty_campaign: { needs: ['campaigns.edit'], args: campaign() },
  enrol_all_contacts: { needs: ['campaigns.edit'], args: campaign() },
  enrol_contacts: { needs: ['campaigns.edit'], args: ({ campaignId, contactIds }) => ({ campaign_id: campaignId, contact_ids: contactIds }) },
  explain_enrolment: { needs: ['campaigns.read'], args: ({ enrolmentId }) => ({ enrolment_id: enrolmentId }) },
  explain_queue: { needs: [], args: account() },
  'explain_queue of a campaign': { needs: ['campaigns.read'], args: ({ accountId, campaignId }) => ({ account_id: accountId, campaign_id: campaignId }) },
  export_calls: { needs: [], args: filter },
  export_account: { needs: ['account.read'], args: account({ part: 'account' }) },
  export_contacts: { needs: ['contacts.read', 'contacts.read_personal'], whole: true, args: chosen },
  export_do_not_call: { needs: ['contacts.read', 'contacts.read_personal'], whole: true, args: account() },
  fail_import: { needs: ['contacts.edit'], args: ({ importId }) => ({ import_id: importId, reason: 'given up' }) },
  finish_import: { needs: ['contacts.edit'], args: ({ importId }) => ({ import_id: importId }) },
  forecast_facts: { needs: ['campaigns.read'], args: campaign() },
  get_account_rules: { needs: ['account.read'], args: account() },
  get_assistant: { needs: ['assistants.read'], args: ({ assistantId }) => ({ assistant_id: assistantId }) },
  get_assistant_version: { needs: ['assistants.read'], args: ({ assistantId }) => ({ assistant_id: assistantId, version: 1 }) },
  get_billing: { needs: ['billing.read'], args: account() },
  get_call: { needs: ['calls.read'], args: ({ callId }) => ({ call_id: callId }) },
  get_campaign: { needs: ['campaigns.read'], args: campaign() },
  get_contact: { needs: ['contacts.read'], args: ({ contactIds }) => ({ contact_id: contactIds[0] }) },
  get_import: { needs: ['contacts.edit'], args: ({ importId }) => ({ import_id: importId }) },
  get_list_report: { needs: [], args: account() },
  get_order: { needs: ['billing.read'], args: ({ orderId }) => ({ order_id: orderId }) },
  get_report: { needs: [], args: account() },
  invite_member: { needs: ['team.manage'], args: account({ email: 'cy@example.com', role: 'viewer' }) },
  import_contacts: { needs: ['contacts.edit'], args: ({ importId }) => ({ import_id: importId, chunk: 1, rows: [] }) },
  import_do_not_call: { needs: ['do_not_call.edit'], args: account({ phones: [] }) },
  keep_test_version: { needs: ['calls.test'], args: ({ assistantId }) => ({ assistant_id: assistantId }) },
  leave_account: { needs: [], args: account() },
  list_assistant_versions: { needs: ['assistants.read'], args: ({ assistantId }) => ({ assistant_id: assistantId }) },
  keep_forecast: { needs: ['campaigns.run'], args: campaign({ figures: { people: 1, seconds: RANGE, dials: RANGE, answered: RANGE, finishes_at: RANGE } }) },
  list_assistants: { needs: ['assistants.read'], args: account() },
  list_call_judges: { needs: [], args: account() },
  list_call_views: { needs: [], args: account() },
  list_calls: { needs: [], args: filter },
  list_campaign_activity: { needs: ['campaigns.read', 'activity.read'], args: campaign() },
  list_campaign_people: { needs: ['campaigns.read'], args: campaign() },
  list_campaign_names: { needs: [], args: account() },
  list_campaigns: { needs: [], args: filter },
  list_contact_lists: { needs: [], args: account() },
  list_do_not_call: { needs: ['contacts.read'], whole: true, args: filter },
  get_provider: { needs: ['account.read'], args: account() },
  get_privacy: { needs: ['account.read'], args: account() },
  list_dispositions: { needs: ['account.read'], args: account() },
  list_enrolments: { needs: ['campaigns.read'], args: campaign() },
  list_imports: { needs: ['contacts.edit'], args: account() },
  list_ledger: { needs: ['billing.read'], args: account() },
  list_live_calls: { needs: [], args: filter },
  list_notice_preferences: { needs: ['account.read'], args: account() },
  list_notices: { needs: ['account.read'], args: account() },
  list_notifications: { needs: ['account.read'], args: account() },
  list_orders: { needs: ['billing.read'], args: account() },
  list_refused_rows: { needs: ['contacts.edit'], args: ({ importId }) => ({ import_id: importId }) },
  list_reservations: { needs: ['billing.read'], args: account() },
  list_team: { needs: ['account.read'], args: account() },
  list_tags: { needs: [], args: account() },
  opt_out_contacts: { needs: ['do_not_call.edit', 'contacts.read'], whole: true, args: chosen },
  opt_out_number: { needs: ['do_not_call.edit'], args: account({ phone: '+12025559904' }) },
  order_for_checkout: { needs: ['billing.manage'], args: ({ orderId }) => ({ order_id: orderId }) },
  override_consent: { needs: ['campaigns.override_consent'], args: campaign({ reason: 'because' }) },
  pause_campaign: { needs: ['campaigns.run'], args: campaign() },
  publish_assistant: { needs: ['assistants.edit'], args: ({ assistantId }) => ({ assistant_id: assistantId, expected_revision: 1 }) },
  quote_minutes: { needs: ['billing.read'], args: account({ amount_cents: 1000 }) },
  preview_campaign: { needs: ['assistants.read', 'campaigns.read'], args: ({ accountId, campaignId, assistantId }) => ({ account_id: accountId, campaign_id: campaignId, content: { assistant_id: assistantId } }) },
  preview_undo: { needs: ['contacts.edit'], args: ({ importId }) => ({ import_id: importId }) },
  reopen_account: { needs: [], args: account() },
  reactivate_member: { needs: ['team.manage'], args: ({ accountId, formerId }) => ({ account_id: accountId, user_id: formerId }) },
  read_notifications: { needs: ['account.read'], args: account() },
  record_consents: { needs: ['contacts.edit'], args: account({ contact_ids: [], consent: { basis: 'implied', purposes: ['service'], channel: 'other' } }) },
  remove_disposition: { needs: ['account.manage'], args: ({ dispositionId }) => ({ disposition_id: dispositionId }) },
  remove_enrolment: { needs: ['campaigns.run'], args: ({ enrolmentId }) => ({ enrolment_id: enrolmentId }) },
  remove_provider: { needs: ['account.manage'], args: ({ connectionId }) => ({ connection_id: connectionId }) },
  remove_opt_out: { needs: ['do_not_call.remove'], args: account({ phone: '+12025559902', reason: 'a mistake' }) },
  repin_assistant: { needs: ['campaigns.edit'], args: campaign() },
  request_number_check: { needs: ['calls.test'], args: account({ phone: '+12025559977' }) },
  request_test_call: { needs: ['calls.test'], args: ({ versionId }) => ({ assistant_version_id: versionId, phone: '+12025559977' }) },
  request_callback: { needs: ['calls.edit'], args: ({ enrolmentId }) => ({ enrolment_id: enrolmentId, local_time: '2020-01-01T09:00' }) },
  resend_invitation: { needs: ['team.manage'], args: ({ invitationId }) => ({ invitation_id: invitationId }) },
  restore_assistant_version: { needs: ['assistants.edit'], args: ({ assistantId }) => ({ assistant_id: assistantId, version: 1, expected_revision: 1 }) },
  resume_campaign: { needs: ['campaigns.run'], args: campaign() },
  revoke_invitation: { needs: ['team.manage'], args: ({ invitationId }) => ({ invitation_id: invitationId }) },
  revoke_consent: { needs: ['contacts.edit'], args: ({ consentId }) => ({ consent_id: consentId, reason: 'said so' }) },
  retry_deletions: { needs: ['account.manage'], args: account() },
  save_privacy: { needs: ['account.manage'], args: account({ content: {} }) },
  save_account: { needs: ['account.manage'], args: account({ content: {} }) },
  allowed_networks: { needs: ['account.manage'], args: account() },
  save_allowed_networks: { needs: ['team.owners', 'account.manage'], args: account({ networks: [] }) },
  save_account_rules: { needs: ['account.manage'], args: account({ content: {} }) },
  save_assistant: { needs: ['assistants.edit'], args: account({ assistant_id: null, content: {} }) },
  save_assistant_draft: { needs: ['assistants.edit'], args: ({ assistantId }) => ({ assistant_id: assistantId, content: {}, expected_revision: 1 }) },
  save_auto_top_up: { needs: ['billing.manage'], args: account({ settings: {} }) },
  save_billing_details: { needs: ['billing.manage'], args: account({ details: {} }) },
  save_call_view: { needs: [], args: account({ name: 'Mine', query: 'outcome=answered' }) },
  save_campaign: { needs: ['campaigns.edit'], args: account({ campaign_id: null, content: {} }) },
  save_contact: { needs: ['contacts.edit'], args: account({ contact_id: null, content: {} }) },
  save_contact_list: { needs: ['contacts.edit'], args: account({ list_id: null, content: { name: 'New' } }) },
  save_tag: { needs: ['contacts.edit'], args: account({ tag_id: null, name: 'New' }) },
  save_disposition: { needs: ['account.manage'], args: account({ disposition_id: null, name: 'Booked', meaning: 'positive' }) },
  save_notice_preference: { needs: ['account.read'], args: account({ topic: 'paused', by_email: true }) },
  schedule_campaign: { needs: ['campaigns.run'], args: campaign({ launch_at: '2026-01-01T09:00' }) },
  search_assistants: { needs: ['assistants.read'], args: filter },
  search_contacts: { needs: [], args: filter },
  set_default_payment_method: { needs: ['billing.manage'], args: ({ accountId }) => ({ payment_method_id: `pm_${accountId}` }) },
  search_everything: { needs: [], args: account({ text: 'a' }) },
  set_disposition: { needs: ['calls.edit'], args: ({ callId }) => ({ call_id: callId, disposition: 'interested' }) },
  set_member_role: { needs: ['team.manage'], args: person({ role: 'viewer' }) },
  set_hipaa_mode: { needs: ['team.owners'], args: account({ is_on: false }) },
  require_second_factor: { needs: ['team.owners'], args: account({ is_required: false }) },
  'set_member_role to owner': { needs: ['team.owners'], args: person({ role: 'owner' }) },
  'set_member_role of an owner': { needs: ['team.owners'], args: owner({ role: 'viewer' }) },
  spend_per_day: { needs: ['billing.read'], args: account({ from_day: '2026-01-01', to_day: '2026-01-31' }) },
  set_list_members: { needs: ['contacts.edit', 'contacts.read'], args: ({ listId, ...ids }) => ({ list_id: listId, ...chosen(ids), is_member: true }) },
  start_campaign: { needs: ['campaigns.run'], args: campaign() },
  stop_campaign: { needs: ['campaigns.run'], args: campaign() },
  tag_contacts: { needs: ['contacts.edit', 'contacts.read'], args: chosen },
  transfer_ownership: { needs: ['team.owners'], args: person() },
  unarchive_assistant: { needs: ['assistants.edit'], args: ({ assistantId }) => ({ assistant_id: assistantId }) },
  undo_import: { needs: ['contacts.edit'], args: ({ importId }) => ({ import_id: importId }) },
  search_activity: { needs: ['activity.read'], args: filter },
  unarchive_campaign: { needs: ['campaigns.run'], args: campaign() },
  unschedule_campaign: { needs: ['campaigns.run'], args: campaign() },
  verify_activity_chain: { needs: ['activity.read'], args: account() },
  watch_call: { needs: ['calls.listen'], args: ({ callId }) => ({ call_id: callId }) },
}
/** A line may say more than the command's name. */
const nameOf = (line: string): string => line.split(' ')[0] ?? line
/** What they need depends on what is found once the account is theirs: who owns it now, or what is answered at the end. */
const ASK_UNDER_THE_LOCK = ['deactivate_member who owns', 'save_allowed_networks', 'set_member_role of an owner', 'set_member_role to owner', 'transfer_ownership']
/** Those that ask about the person alone. */
const ABOUT_ONESELF = ['accept_invitation', 'confirm_own_number', 'is_operator', 'my_accounts', 'my_invitations', 'open_account', 'own_number', 'platform_alerts', 'platform_metrics', 'remove_own_number']

describe('commands and reads', () => {
  let db: TestDatabase
  let ids: FullAccount & { [name: string]: unknown }
  let member: Actor
  let memberId: string
  let stranger: Actor
  let holder: Session
  beforeAll(async () => {
    db = await createDatabase()
    const full = await openFullAccount(db)
    const [found] = await db.sql`select (select id from public.enrolments where account_id = ${full.accountId} and status = 'waiting' limit 1) as "enrolmentId",
      (select id from public.notices where account_id = ${full.accountId} and kind = 'budget') as "noticeId", private.notify(${full.accountId}, null, 'no_minutes') as "accountNoticeId", (select id from public.consents where account_id = ${full.accountId} limit 1) as "consentId",
      (select id from public.orders where account_id = ${full.accountId} limit 1) as "orderId",
      (select id from public.assistant_versions where account_id = ${full.accountId} limit 1) as "versionId",
      (select id from public.call_views where account_id = ${full.accountId}) as "viewId",
      (select id from public.dispositions where account_id = ${full.accountId}) as "dispositionId",
      (select id from public.contact_lists where account_id = ${full.accountId}) as "listId", (select id from public.tags where account_id = ${full.accountId}) as "tagId",
      (select user_id from public.former_members where account_id = ${full.accountId}) as "formerId", (select id from public.invitations where account_id = ${full.accountId}) as "invitationId",
      (select id from public.contact_notes where account_id = ${full.accountId}) as "noteId"`
    const { connectionId } = await connected(db, full)
    const offeredId = await keptKey(db, full.accountId, listingOf())
    ids = { ...full, ...found, connectionId, offeredId, agentId: (await addMember(db, full, 'agent')).userId }
    const { actor, userId } = await addMember(db, full, 'viewer')
    member = actor
    memberId = userId
    stranger = (await openAccount(db)).owner
    holder = await db.session('postgres')
  })
  afterAll(async () => {
    await holder.close()
    await db.drop()
  })

  /** Whoever lacks the right is told so at once, and does not stand in line for somebody else's account. */
  async function whileSomebodyWorks<T>(ask: () => Promise<T>): Promise<T> {
    await holder.begin()
    await holder.query(`select from engine.accounts where account_id = '${ids.accountId}' for key share`)
    return ask().finally(() => holder.commit())
  }

  /** A viewer who may do all that anybody may, but for this. */
  async function allowAllBut(permission: string): Promise<void> {
    await db.sql`delete from public.role_permissions where role = 'viewer'`
    await db.sql`insert into public.role_permissions (role, permission) select distinct 'viewer'::public.member_role, permission from public.role_permissions where permission <> ${permission}`
  }

  /** What everything answers a person, or how it is refused; nothing of it stays. */
  async function answersTo(userId: string): Promise<[command: string, answer: string][]> {
    const answers: [string, string][] = []
    for (const [command, { args }] of Object.entries(RIGHTS)) {
      const session = await db.session({ userId })
      await session.begin()
      answers.push([command, JSON.stringify(await session.rpc(nameOf(command), args(ids)).catch((error: unknown) => String(error)) ?? null)])
      await session.close()
    }
    return answers
  }
  const PRICE = /"(?:[a-z_]*_)?(?:cents|micros|price|cost|spend|amount)(?:_[a-z_]*)?":(?!null)[^,}\]]*/g
  const pricesIn = (answers: [string, string][]) => answers.flatMap(([command, answer]) => [...answer.matchAll(PRICE)].map(([found]) => `${command}: ${found}`))

  // While the roles are as they are: other tests change what a viewer may do.
  test('answer no price to agents and viewers, and some to admins', async () => {
    const assigned = await addMember(db, ids, 'agent')
    await db.sql`insert into public.campaign_members (campaign_id, user_id, account_id) values (${ids.campaignId}, ${assigned.userId}, ${ids.accountId})`
    for (const [role, userId] of [['viewer', memberId], ['agent', assigned.userId]] as const) expect(pricesIn(await answersTo(userId)), role).toEqual([])
    const shown = pricesIn(await answersTo((await addMember(db, ids, 'admin')).userId)).map((price) => price.split(':')[0])
    expect(shown).toEqual(expect.arrayContaining(['dashboard', 'forecast_facts', 'get_billing', 'get_call', 'get_report', 'list_ledger', 'spend_per_day']))
  })

  test.each(['owner', 'admin', 'agent', 'assigned agent', 'viewer', 'deactivated'])('let the role %s do what the table of roles says, and nothing else', async (who) => {
    const role = who === 'owner' || who === 'deactivated' ? 'admin' : who.replace('assigned ', '') as 'admin' | 'agent' | 'viewer'
    const userId = who === 'owner' ? ids.userId : (await addMember(db, ids, role)).userId
    if (who === 'assigned agent') await db.sql`insert into public.campaign_members (campaign_id, user_id, account_id) values (${ids.campaignId}, ${userId}, ${ids.accountId})`
    if (who === 'deactivated') await ids.owner.rpc('deactivate_member', { account_id: ids.accountId, user_id: userId })
    const held = await db.sql`select p.permission, p.scope = 'account' as "isWhole" from public.members m join public.role_permissions p on p.role = m.role
      where m.account_id = ${ids.accountId} and m.user_id = ${userId} and (p.scope = 'account' or ${who === 'assigned agent'})`
    const holds = (right: string, whole?: true) => held.some(({ permission, isWhole }) => permission === right && (isWhole || !whole))
    const may = ({ needs, whole }: Right) => held.length > 0 && needs.every((right) => holds(right, whole))
    const allowed = Object.keys(RIGHTS).filter((command) => may(RIGHTS[command]!))
    const done = (await answersTo(userId)).filter(([, answer]) => !/code\W+(?:forbidden|not_found)\W/.test(answer)).map(([command]) => command)
    expect(done.filter((command) => !allowed.includes(command)), 'done without the right').toEqual([])
    // A kept view is its maker's alone, and only owners open a closed account again.
    expect(allowed.filter((command) => !done.includes(command)), 'refused in spite of the right').toEqual(who === 'owner' || who === 'deactivated' ? [] : ['delete_call_view', 'erase_account', 'export_account', 'reopen_account'])
  })

  const needs = Object.entries(RIGHTS).flatMap(([command, { needs }]) => needs.map((permission): [string, string] => [command, permission]))
  test.each(needs)('%s needs %s', async (command, permission) => {
    await allowAllBut(permission)
    const ask = () => errorOf(member.rpc(nameOf(command), RIGHTS[command]!.args(ids)))
    const { code } = await (ASK_UNDER_THE_LOCK.includes(command) ? ask() : whileSomebodyWorks(ask))
    expect(permission.endsWith('.read') || permission === 'calls.listen' ? ['forbidden', 'not_found'] : ['forbidden']).toContain(code)
  })

  test.each(Object.keys(RIGHTS))('%s of another account does not exist', async (command) => {
    expect((await whileSomebodyWorks(() => errorOf(stranger.rpc(nameOf(command), RIGHTS[command]!.args(ids))))).code).toBe('not_found')
  })

  test.each(Object.keys(RIGHTS))('%s is not for visitors', async (command) => {
    expect((await errorOf(db.asAnon().rpc(nameOf(command), RIGHTS[command]!.args(ids)))).code).toBe('42501')
  })

  // Whoever may buy sees what they are about to pay.
  test('answer no price to whoever lacks but the right to read bills', async () => {
    await allowAllBut('billing.read')
    expect(pricesIn((await answersTo(memberId)).filter(([command]) => !RIGHTS[command]!.needs.includes('billing.manage')))).toEqual([])
  })

  test('answer no number and no address of a person to whoever may not see them', async () => {
    const people = await db.sql<{ value: string }[]>`select unnest(array[phone, nullif(email, '')]) as value from public.contacts where account_id = ${ids.accountId}`
    await allowAllBut('contacts.read_personal')
    const isNamed = (command: string, value: string) => JSON.stringify(RIGHTS[command]!.args(ids)).includes(value)
    const tells = ([command, answer]: [string, string]) => people.some(({ value }) => value && answer.includes(value) && !isNamed(command, value))
    expect((await answersTo(memberId)).filter(tells).map(([command]) => command)).toEqual([])
  })

  // Some say who they are first: what is written is theirs alone.
  const THEIR_OWN = ['delete_call_view', 'erase_account', 'export_account', 'export_calls', 'export_contacts', 'export_do_not_call', 'leave_account', 'read_notifications', 'reopen_account', 'save_call_view', 'save_notice_preference', 'watch_call']
  test('change nothing in a suspended account, even for its owner, but what is the person\'s own', async () => {
    const commands = await db.sql`select distinct proname as name from pg_proc where pronamespace = 'public'::regnamespace and provolatile = 'v'`
    const changing = new Set(commands.map(({ name }) => name as string))
    await db.sql`update public.accounts set status = 'suspended', status_reason = 'Bills' where id = ${ids.accountId}`
    const allowed = new Set<string>()
    for (const [line, { args }] of Object.entries(RIGHTS).filter(([line]) => changing.has(nameOf(line)))) {
      const session = await db.session({ userId: ids.userId })
      await session.begin()
      const refusal = await errorOf(session.rpc(nameOf(line), args(ids))).catch(() => null)
      if (refusal?.code !== 'forbidden' || (refusal.details as { state?: string }).state !== 'suspended') allowed.add(nameOf(line))
      await session.close()
    }
    await db.sql`update public.accounts set status = 'active', status_reason = null where id = ${ids.accountId}`
    expect([...allowed].sort()).toEqual(THEIR_OWN)
  })

  test('have a line here, each of them', async () => {
    const found = await db.sql`select proname as name from pg_proc where pronamespace = 'public'::regnamespace and has_function_privilege('authenticated', oid, 'execute')`
    expect([...new Set(Object.keys(RIGHTS).map(nameOf)), ...ABOUT_ONESELF].sort()).toEqual(found.map(({ name }) => name as string).sort())
  })
})
