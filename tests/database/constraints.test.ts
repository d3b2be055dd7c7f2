/**
 * Every named constraint and unique index refuses what it is there to refuse: one row each that breaks this one and no other. A
 * constraint without its line here fails, as does a line whose constraint is gone.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { claim } from '../factories/call.ts'
import { connected, ownLine } from '../factories/connection.ts'
import { openFullAccount } from '../factories/everything.ts'
import { createDatabase, type TestDatabase } from '../support/database.ts'

const NEW_ID = 'gen_random_uuid()'

/** table.constraint → what its rows are set to. */
const CHECKS: Record<string, string> = {
  'account_hours.a_window_lasts': 'closes_at = opens_at',
  'account_hours.weekday_is_iso': 'weekday = 0',
  'account_rules.frequency_cap_is_one_to_hundred': 'frequency_cap = 101',
  'account_rules.frequency_hours_are_up_to_thirty_days': 'frequency_hours = 721',
  'account_rules.minimum_gap_is_up_to_a_week': 'minimum_gap_seconds = -1',
  'accounts.a_suspension_has_a_reason': `status = 'suspended'`,
  'accounts.idle_minutes_are_five_to_a_day': 'idle_minutes = 4',
  'accounts.hipaa_asks_for_two_factors_and_signs_idle_people_out': 'is_hipaa = true',
  'accounts.only_what_is_closed_is_erased': 'erase_at = private.now()',
  'accounts.only_what_was_due_is_erased': `status = 'closed', erase_at = private.now(), erased_at = private.now() - interval '1 day'`,
  'accounts.name_is_short': `name = ''`,
  'accounts.networks_are_one_to_fifty': `allowed_networks = '{}'`,
  'accounts.status_reason_is_short': `status_reason = ''`,
  'assistant_templates.content_is_an_object': `content = '[]'`,
  'assistant_templates.kind_is_known': `kind = 'chat'`,
  'assistant_versions.extraction_is_a_list': `extraction = '{}'`,
  'assistant_versions.it_asks_again_before_it_hangs_up': 'silence_seconds = fallback_seconds',
  'assistant_versions.maximum_is_one_to_thirty_minutes': 'maximum_seconds = 1801',
  'assistant_versions.note_is_short': `note = repeat('x', 201)`,
  'assistant_versions.temperature_is_the_providers': 'temperature_percent = 201',
  'assistants.a_draft_has_a_time': `draft = '{}'`,
  'assistants.name_is_short': `name = repeat('x', 81)`,
  'auto_top_ups.a_pack_or_an_amount': 'pack_id = null',
  'auto_top_ups.failures_are_not_negative': 'failures = -1',
  'auto_top_ups.limit_is_positive': 'monthly_limit_cents = 0',
  'auto_top_ups.only_what_is_off_has_a_reason': `off_reason = 'person'`,
  'auto_top_ups.threshold_is_positive': 'threshold_seconds = 0',
  'billing_details.country_is_iso': `country = 'us'`,
  'billing_details.currency_is_iso': `currency = 'USD'`,
  'billing_details.email_has_an_at': `email = 'nobody'`,
  'billing_details.levels_are_up_to_five': `low_balance_levels = '{0}'`,
  'blackout_dates.name_is_short': `name = repeat('x', 121)`,
  'dispositions.disposition_description_is_short': `description = repeat('x', 201)`,
  'dispositions.disposition_name_is_short': `name = ''`,
  'call_views.query_is_short': `query = ''`,
  'call_views.view_name_is_short': `name = ''`,
  'callbacks.note_is_short': `note = repeat('x', 501)`,
  'callbacks.source_is_known': `source = 'dream'`,
  'call_transcripts.analyser_is_known': `computed = '{}', analyser = 'oracle'`,
  'call_transcripts.an_analyser_computed_it': `computed = '{}', analyser = null`,
  'calls.a_campaign_call_has_an_enrolment': `kind = 'test'`,
  'calls.a_final_state_is_settled': `state = 'ended'`,
  'calls.billed_within_reservation': 'billed_seconds = reserved_seconds + 1',
  'calls.ended_at_is_after_started_at': `ended_at = started_at - interval '1 second'`,
  'calls.only_what_is_deleted_was_kept_for_days': 'words_deleted_days = 1',
  'calls.only_a_disposition_has_a_source': `disposition = null, disposition_source = 'model'`,
  'calls.only_a_verification_has_no_assistant': 'assistant_version_id = null',
  'calls.recording_is_mixed_or_has_the_voices_apart': 'recording_channels = 3',
  'calls.reservation_is_positive': 'reserved_seconds = 0, billed_seconds = 0',
  'company_types.dispositions_are_a_list': `dispositions = '{}'`,
  'company_types.rules_are_an_object': `rules = '[]'`,
  'campaign_retries.delays_are_minutes_up_to_thirty_days': `delays_minutes = '{43201}'`,
  'campaign_retries.delays_are_one_to_nine': `delays_minutes = '{}'`,
  'campaign_retries.outcome_can_be_tried_again': `outcome = 'answered'`,
  'campaign_retries.retries_are_zero_to_nine': 'retries = 10',
  'campaign_windows.a_window_lasts': 'closes_at = opens_at',
  'campaign_windows.weekday_is_iso': 'weekday = weekday + 7',
  'campaigns.a_scheduled_campaign_has_a_time': 'launch_at = private.now()',
  'campaigns.a_started_campaign_has_a_version': 'assistant_version_id = null',
  'campaigns.an_override_is_whole': `consent_override_reason = 'because'`,
  'campaigns.attempts_are_one_to_ten': 'max_attempts = 11',
  'campaigns.category_is_short': `category = repeat('x', 61)`,
  'campaigns.ends_at_is_after_starts_at': 'starts_at = created_at, ends_at = created_at',
  'campaigns.failure_limit_is_a_share': 'failure_limit_percent = 101',
  'campaigns.kept_forecast_is_an_object': `kept_forecast = '[]'`,
  'campaigns.name_is_short': `name = ''`,
  'campaigns.only_an_archived_campaign_knows_what_it_was': `archived_from = 'stopped'`,
  'campaigns.only_a_paused_campaign_has_a_pause_reason': `pause_reason = 'budget'`,
  'campaigns.opt_out_limit_is_a_share': 'opt_out_limit_percent = 0',
  'campaigns.prompt_is_short': `prompt = repeat('x', 5001)`,
  'campaigns.qualification_is_a_list': `qualification = '{}'`,
  'consents.a_revocation_has_a_reason': 'revoked_at = private.now()',
  'consents.consent_is_for_something': `purposes = '{}'`,
  'consents.evidence_is_short': `evidence = repeat('x', 501)`,
  'consents.text_shown_is_short': `text_shown = repeat('x', 4001)`,
  'contact_hour_stats.contact_hour_is_of_a_day': 'hour = 24',
  'contact_hour_stats.weekday_is_iso': 'weekday = 0',
  'contact_lists.an_audience_is_a_filter': `kind = 'audience'`,
  'contact_lists.list_name_is_short': `name = ''`,
  'contact_notes.note_is_short': `body = ''`,
  'contacts.a_stated_region_is_known': `region = '', region_is_stated = true`,
  'contacts.a_wish_is_whole': `calls_from = '09:00'`,
  'contacts.attributes_are_an_object': `attributes = '[]'`,
  'contacts.call_days_are_iso': `call_days = '{8}'`,
  'contacts.locale_is_a_language': `locale = 'English'`,
  'contacts.only_who_is_erased_has_no_number': 'erased_at = private.now()',
  'contacts.phone_is_e164': `phone = '12025550101'`,
  'contacts.region_is_a_country_or_a_part_of_one': `region = 'Florida'`,
  'contacts.segment_is_short': `segment = repeat('x', 101)`,
  'contacts.time_zone_has_a_source': 'time_zone_source = null',
  'contacts.who_is_erased_is_nobody': `phone = null, erased_at = private.now(), company = 'Example'`,
  'dial_denials.reason_is_known': `reason = 'mood'`,
  'do_not_call.phone_is_e164': `phone = '12025550101'`,
  'do_not_call_history.a_removal_has_a_reason': `change = 'removed', reason = ''`,
  'engine.accounts.concurrency_is_positive': 'concurrency_max = 0',
  'engine.accounts.daily_cap_is_positive': 'daily_cap = 0',
  'engine.accounts.dialled_on_day_is_not_negative': 'dialled_on_day = -1',
  'engine.accounts.in_flight_is_not_negative': 'in_flight = -1',
  'engine.accounts.reserved_is_not_negative': 'reserved_seconds = -1',
  'engine.accounts.value_is_not_negative': 'value_micros = -1',
  'engine.accounts.who_owes_owns_no_value': 'balance_seconds = 0, value_micros = 1',
  'engine.billing_differences.kind_is_known': `kind = 'magic'`,
  'engine.alerts.there_is_one_bound': 'above = 1, below = 1',
  'engine.call_ends.answer_is_known': `answer = 'maybe'`,
  'engine.campaigns.budget_is_positive': 'budget_seconds = 0',
  'engine.campaigns.calling_is_not_negative': 'calling_count = -1',
  'engine.campaigns.concurrency_is_positive': 'concurrency_max = 0',
  'engine.campaigns.daily_cap_is_positive': 'daily_cap = 0',
  'engine.campaigns.in_flight_is_not_negative': 'in_flight = -1',
  'engine.campaigns.reserved_is_not_negative': 'reserved_seconds = -1',
  'engine.campaigns.waiting_is_not_negative': 'waiting_count = -1',
  'engine.campaigns.weight_is_positive': 'weight = 0',
  'engine.dial_queue.rank_is_known': 'rank = 3',
  'engine.invoice_numbers.there_is_one_row': 'id = false',
  'engine.number_checks.guesses_are_few': 'wrong_guesses = 6',
  'engine.provider_connections.a_refused_one_says_why_and_since_when': `state = 'refused'`,
  'engine.provider_connections.only_a_retired_one_has_no_key': 'secret_id = null',
  'engine.provider_connections.only_the_end_of_a_key_is_shown': `last_four = '12345'`,
  'engine.provider_connections.refusal_is_known': `state = 'refused', refused_as = 'mood', refused_at = private.now()`,
  'engine.provider_lines.only_an_own_line_has_a_connection': 'account_id = null, connection_id = gen_random_uuid()',
  'engine.provider_lines.a_hold_has_reason_and_end': `hold_reason = 'auth'`,
  'engine.provider_lines.in_flight_is_not_negative': 'in_flight = -1',
  'engine.provider_lines.rate_is_positive': 'calls_per_second = 0',
  'engine.provider_lines.tokens_are_within_the_cap': 'tokens = concurrency_max + 1',
  'engine.request_limits.a_limit_lets_some_through': 'most = 0',
  'engine.repairs.kind_is_known': `kind = 'magic'`,
  'engine.settings.there_is_one_row': 'id = false',
  'enrolments.a_block_has_a_reason': `status = 'blocked', reason = null, callback_at = null`,
  'enrolments.only_who_is_called_is_called_back': `status = 'reached', callback_at = private.now()`,
  'hourly_stats.hour_is_of_a_day': 'hour = 24',
  'imports.failure_reason_only_when_failed': `failure_reason = 'given up'`,
  'imports.file_has_a_size': 'file_bytes = -1',
  'imports.file_hash_is_hexadecimal': `file_hash = 'x'`,
  'invitations.a_mail_was_sent': 'sent_count = 0',
  'invitations.an_address_is_lower': `email = 'Bo@example.com'`,
  'invitations.an_invitation_ends_once': 'accepted_at = private.now(), revoked_at = private.now()',
  'invitations.nobody_is_invited_as_owner': `role = 'owner'`,
  'imports.file_name_is_short': `file_name = ''`,
  'imports.only_what_is_over_is_undone': 'undone_at = private.now()',
  'imports.options_are_an_object': `options = '[]'`,
  'ledger_entries.consume_takes_from_a_call': `kind = 'consume', call_id = null`,
  'ledger_entries.delta_moves_something': `kind = 'adjust', delta_seconds = 0`,
  'notices.an_event_is_over_when_told': `cause = 'told', resolved_at = null`,
  'notices.somebody_dismissed_it': 'dismissed_at = private.now()',
  'own_numbers.own_number_is_e164': `phone = '12025550101'`,
  'number_regions.prefix_is_digits': `prefix = '+' || left(prefix, 7)`,
  'number_regions.region_is_a_country_or_a_part_of_one': `region = ''`,
  'orders.an_order_has_an_amount': 'amount_cents = 0, refunded_cents = 0, disputed_cents = 0',
  'orders.an_order_has_seconds': 'seconds = 0',
  'orders.bonus_is_not_negative': 'bonus_seconds = -1',
  'orders.disputes_are_within_the_amount': `disputed_cents = amount_cents + 1, status = 'paid', paid_at = private.now(), invoice_no = amount_cents`,
  'orders.only_a_paid_order_has_an_invoice': 'paid_at = null',
  'orders.only_a_paid_order_is_given_back': `status = 'failed', paid_at = null, invoice_no = null, refunded_cents = 1`,
  'orders.refunds_are_within_the_amount': `refunded_cents = -1, status = 'paid', paid_at = private.now(), invoice_no = amount_cents`,
  'packs.a_pack_has_a_price': 'price_cents = 0',
  'packs.a_pack_has_seconds': 'seconds = 0',
  'packs.bonus_is_a_share': 'bonus_percent = 101',
  'packs.currency_is_iso': `currency = 'dollar'`,
  'payment_methods.a_removed_card_is_not_the_default': 'removed_at = private.now()',
  'phone_numbers.e164_is_a_number': `e164 = '12025550101'`,
  'plans.billing_increment_is_positive': 'billing_increment_seconds = 0',
  'plans.concurrency_is_positive': 'concurrency_max = 0',
  'plans.first_increment_is_positive': 'first_increment_seconds = 0',
  'plans.free_seconds_is_not_negative': 'free_seconds = -1',
  'role_permissions.permission_is_noun_dot_verb': `permission = 'do anything'`,
  'retention_rules.days_are_up_to_ten_years': `kind = 'recordings', days = 3651`,
  'retention_rules.events_are_kept_thirty_days_at_most': `kind = 'events', days = 31`,
  'retention_rules.kind_is_known': `kind = 'dreams'`,
  'rule_hours.closes_at_is_after_opens_at': 'closes_at = opens_at',
  'rule_hours.weekday_is_iso': 'weekday = weekday + 7',
  'rule_packs.a_pack_holds_somewhere': `regions = '{}'`,
  'rules.a_frequency_is_whole': `kind = 'frequency', value = '{"max_calls": 3}'`,
  'rules.a_rule_has_a_citation': `citation = ''`,
  'rules.effective_until_is_after_effective_from': 'effective_until = effective_from',
  'rules.only_a_verified_rule_is_on': 'is_verified = false, is_on = true',
  'rules.value_is_an_object': `kind = 'hours', value = '[]'`,
  'tags.tag_name_is_short': `name = ''`,
  'terms.sections_are_a_list': `sections = '{}'`,
  'terms.terms_are_counted_from_one': 'version = 0',
}

/** table.constraint or index → what is different in a copy of a row that is there (the first that fits `where`). */
const UNIQUE: Record<string, { table: string, differs: Record<string, string>, where?: string }> = {
  invitations_one_open_per_address: { table: 'public.invitations', differs: { id: NEW_ID } },
  accounts_one_name_per_creator: { table: 'public.accounts', differs: { id: NEW_ID, name: 'upper(name)' } },
  'assistant_templates.one_template_per_occasion_and_language': { table: 'public.assistant_templates', differs: { id: `'another'` } },
  'assistant_versions.version_numbers_are_unique': { table: 'public.assistant_versions', differs: { id: NEW_ID } },
  'blackout_dates.a_day_is_black_once': { table: 'public.blackout_dates', differs: { id: NEW_ID }, where: 'campaign_id is null' },
  'calls.attempt_id_is_used_once': { table: 'public.calls', differs: { id: NEW_ID, is_counted: 'false', provider_call_id: 'null' }, where: 'settled_at is not null' },
  'calls.provider_call_is_known_once': { table: 'public.calls', differs: { id: NEW_ID, attempt_id: NEW_ID, is_counted: 'false' }, where: 'settled_at is not null' },
  calls_one_per_attempt: { table: 'public.calls', differs: { id: NEW_ID, attempt_id: NEW_ID, provider_call_id: 'null' }, where: 'settled_at is not null' },
  calls_one_unsettled_per_enrolment: { table: 'public.calls', differs: { id: NEW_ID, attempt_id: NEW_ID, is_counted: 'false', phone: `'+12025559903'` }, where: 'settled_at is null' },
  calls_one_unsettled_per_phone: { table: 'public.calls', differs: { id: NEW_ID, attempt_id: NEW_ID, enrolment_id: NEW_ID }, where: 'settled_at is null' },
  'engine.billing_differences_once': { table: 'engine.billing_differences', differs: {} },
  'consents.an_agreement_is_recorded_once': { table: 'public.consents', differs: { id: NEW_ID } },
  contact_lists_one_name: { table: 'public.contact_lists', differs: { id: NEW_ID, name: 'upper(name)' } },
  'contacts.one_contact_per_number': { table: 'public.contacts', differs: { id: NEW_ID } },
  'daily_stats.one_row_per_day_and_outcome': { table: 'public.daily_stats', differs: {} },
  'contact_hour_stats.one_row_per_contact_hour': { table: 'public.contact_hour_stats', differs: {} },
  'hourly_stats.one_row_per_hour': { table: 'public.hourly_stats', differs: {} },
  'engine.dial_queue.an_enrolment_waits_once': { table: 'engine.dial_queue', differs: { rank: '(rank + 1) % 3' } },
  'engine.lanes.one_lane_per_zone_and_region': { table: 'engine.lanes', differs: {} },
  'engine.outbox.a_job_is_queued_once': { table: 'engine.outbox', differs: {}, where: 'dedupe_key is not null' },
  'engine.provider_connections_one_pending': { table: 'engine.provider_connections', differs: { id: NEW_ID }, where: `state = 'pending'` },
  'engine.provider_connections_one_in_use': { table: 'engine.provider_connections', differs: { id: NEW_ID }, where: `state = 'working'` },
  'engine.provider_lines.a_connection_has_one_line': { table: 'engine.provider_lines', differs: {}, where: 'connection_id is not null' },
  'engine.number_checks_one_per_call': { table: 'engine.number_checks', differs: {} },
  'engine.payment_customers.customer_belongs_to_one_account': { table: 'engine.payment_customers', differs: { account_id: NEW_ID } },
  'engine.provider_events.an_event_is_stored_once': { table: 'engine.provider_events', differs: {} },
  'engine.activity_links.activity_links_have_one_order': { table: 'engine.activity_links', differs: {} },
  'engine.activity_heads.activity_heads_one_per_account': { table: 'engine.activity_heads', differs: {} },
  'enrolments.a_contact_is_enrolled_once': { table: 'public.enrolments', differs: { id: NEW_ID } },
  'ledger_entries.versions_are_gap_free': { table: 'public.ledger_entries', differs: { id: NEW_ID, ref: 'null' }, where: `kind = 'grant'` },
  ledger_one_consume_per_call: { table: 'public.ledger_entries', differs: { id: NEW_ID, account_version: 'account_version + 100' }, where: `kind = 'consume'` },
  ledger_one_entry_per_fact: { table: 'public.ledger_entries', differs: { id: NEW_ID, account_version: 'account_version + 100' }, where: 'ref is not null' },
  notices_once_per_event: { table: 'public.notices', differs: { id: NEW_ID }, where: 'cause is not null' },
  notices_once_per_cause: { table: 'public.notices', differs: { id: NEW_ID } },
  'orders.a_payment_pays_one_order': { table: 'public.orders', differs: { id: NEW_ID, request_id: NEW_ID, checkout_session_id: 'null', invoice_no: 'invoice_no + 100' }, where: `status = 'paid'` },
  'orders.a_request_makes_one_order': { table: 'public.orders', differs: { id: NEW_ID, checkout_session_id: 'null', payment_intent_id: 'null', invoice_no: 'invoice_no + 100' }, where: `status = 'paid'` },
  'orders.a_session_pays_one_order': { table: 'public.orders', differs: { id: NEW_ID, request_id: NEW_ID, payment_intent_id: 'null', invoice_no: 'invoice_no + 100' }, where: `status = 'paid'` },
  'orders.an_invoice_number_is_used_once': { table: 'public.orders', differs: { id: NEW_ID, request_id: NEW_ID, checkout_session_id: 'null', payment_intent_id: 'null' }, where: `status = 'paid'` },
  orders_one_auto_top_up_in_flight: { table: 'public.orders', differs: { id: NEW_ID, request_id: NEW_ID }, where: `kind = 'auto_top_up'` },
  payment_methods_one_default: { table: 'public.payment_methods', differs: { id: `id || '2'` } },
  phone_numbers_once: { table: 'public.phone_numbers', differs: { id: NEW_ID }, where: 'removed_at is null' },
  plans_only_one_default: { table: 'public.plans', differs: { id: `id || '2'` }, where: 'is_default' },
  dispositions_one_name: { table: 'public.dispositions', differs: { id: NEW_ID, name: 'upper(name)' } },
  call_views_one_name: { table: 'public.call_views', differs: { id: NEW_ID, name: 'upper(name)' } },
  tags_one_name: { table: 'public.tags', differs: { id: NEW_ID, name: 'upper(name)' } },
}

/** Written once: what each refuses. A callback goes with its campaign, so it may be deleted. */
const WRITTEN_ONCE: Record<string, string[]> = {
  activity_log: ['update', 'delete', 'truncate'], callbacks: ['update', 'truncate'], consents: ['update', 'delete', 'truncate'],
  do_not_call_history: ['update', 'delete', 'truncate'], ledger_entries: ['update', 'delete', 'truncate'], rule_changes: ['update', 'delete', 'truncate'],
}
const COMMAND: Record<string, (table: string) => string> = {
  update: (table) => `update public.${table} set created_at = created_at + interval '1 day'`, delete: (table) => `delete from public.${table}`, truncate: (table) => `truncate public.${table} cascade`,
}

describe('the schema', () => {
  let db: TestDatabase
  beforeAll(async () => {
    db = await createDatabase()
    const account = await openFullAccount(db)
    await db.sql`update engine.dial_queue set due_at = private.now()`
    await claim(db, 1)
    await ownLine(db, account)
    await connected(db, account)
    await db.sql`select private.link_activity(10000)`
    await db.sql`insert into engine.repairs (kind) values ('missed_wake')`
    await db.sql`insert into public.rule_packs (id, name, regions) values ('spare', 'Spare', '{ZZ}')`
  })
  afterAll(() => db.drop())

  /** The constraint that a statement breaks; without triggers, which say their own no before any constraint is asked. */
  async function brokenBy(statement: string): Promise<string | undefined> {
    try {
      await db.admin.begin(async (sql) => {
        await sql.unsafe('set local session_replication_role = replica')
        await sql.unsafe(statement)
        throw new Error('nothing was refused')
      })
    } catch (error) {
      return (error as { constraint_name?: string, message: string }).constraint_name ?? (error as Error).message
    }
    return undefined
  }

  async function copyOf({ table, differs, where = 'true' }: { table: string, differs: Record<string, string>, where?: string }): Promise<string> {
    const columns = (await db.sql`select attname as name from pg_attribute where attrelid = ${table}::regclass and attnum > 0 and not attisdropped and attgenerated = '' and attidentity = ''`)
      .map((column) => column.name as string)
    return `insert into ${table} (${columns.join(', ')}) select ${columns.map((name) => differs[name] ?? name).join(', ')} from ${table} where ${where} limit 1`
  }

  test.each(Object.keys(CHECKS))('%s', async (name) => {
    const [table, constraint] = [name.slice(0, name.lastIndexOf('.')), name.slice(name.lastIndexOf('.') + 1)]
    expect(await brokenBy(`update ${table} set ${CHECKS[name]}`)).toBe(constraint)
  })

  test.each(Object.keys(UNIQUE))('%s', async (name) => {
    expect(await brokenBy(await copyOf(UNIQUE[name]!))).toBe(name.slice(name.lastIndexOf('.') + 1))
  })

  test.each(Object.entries(WRITTEN_ONCE).flatMap(([table, commands]) => commands.map((command): [string, string] => [table, command])))('refuses in %s each %s', async (table, command) => {
    await expect(db.sql.unsafe(COMMAND[command]!(table))).rejects.toThrow('append-only')
  })

  test.each([
    ['rule_packs', `update public.rule_packs set name = 'Spare, changed' where id = 'spare'`], ['holidays', `insert into public.holidays values ('ZZ', '2030-01-01', 'Day')`],
    ['rules', `insert into public.rules values ('spare', 'spare', 'consent', '{}', 'none', '2020-01-01', null, true, true)`],
    ['rule_hours', `insert into public.rule_hours values ('spare', 1, '08:00', '09:00')`],
  ])('notes each change of %s as a new version', async (subject, change) => {
    await db.sql.unsafe(change)
    expect(await db.sql`select s.rule_version from engine.settings s join public.rule_changes c on c.version = s.rule_version and c.subject = ${subject}`).toHaveLength(1)
  })

  test.each([
    ['comes', `insert into public.rules values ('gate', 'spare', 'consent', '{}', 'none', '2020-01-01', null, true, true)`],
    ['changes', `update public.rules set citation = 'another' where id = 'gate'`], ['goes', `delete from public.rules where id = 'gate'`],
  ])('has everybody judged anew when a rule of consent %s', async (_what, change) => {
    await db.sql`update engine.campaigns set judge_from = null`
    await db.sql.unsafe(change)
    expect(await db.sql`select from engine.campaigns where judge_from = 0`).toHaveLength(1)
  })

  test('has a line here for each constraint and unique index', async () => {
    const found = await db.sql`
      select format('%s.%s', c.conrelid::regclass, c.conname) as name from pg_constraint c join pg_namespace n on n.oid = c.connamespace
      where n.nspname in ('public', 'engine', 'private') and c.contype in ('c', 'u', 'x') and c.conrelid <> 'private.clock_offset'::regclass
      union all
      select i.indexrelid::regclass::text from pg_index i join pg_class c on c.oid = i.indrelid join pg_namespace n on n.oid = c.relnamespace
      where n.nspname in ('public', 'engine', 'private') and i.indisunique and not exists (select from pg_constraint k where k.conindid = i.indexrelid)`
    expect([...Object.keys(CHECKS), ...Object.keys(UNIQUE)].sort()).toEqual(found.map(({ name }) => name as string).sort())
  })
})
