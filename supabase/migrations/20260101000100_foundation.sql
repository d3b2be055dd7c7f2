-- The ground everything stands on: schemas, what nobody may do by default, the vocabulary, the clock
-- and the one way an error leaves the database.

create schema if not exists extensions;
create extension if not exists pg_trgm with schema extensions;
-- so that one index holds an account's id beside the words of its contacts
create extension if not exists btree_gin with schema extensions;

-- engine: hot tables of the dialler, never exposed. private: helpers and every definer body.
create schema engine;
create schema private;
grant usage on schema private to authenticated, service_role;
grant usage on schema engine to service_role;

-- New functions are callable by nobody until a grant line below them says otherwise.
alter default privileges revoke execute on functions from public;
alter default privileges in schema public revoke execute on functions from anon, authenticated, service_role;
alter default privileges in schema public revoke all on tables from anon, authenticated, service_role;

-- Each state is documented in business/models, beside the zod enum that a test compares with these.
create type public.campaign_status as enum ('draft', 'scheduled', 'active', 'paused', 'completed', 'stopped', 'archived');
create type public.enrolment_status as enum ('waiting', 'calling', 'reached', 'exhausted', 'blocked', 'opted_out', 'removed');
create type public.call_state as enum ('reserved', 'dialing', 'unknown', 'ringing', 'in_progress', 'ended', 'settled', 'voided');
create type public.call_kind as enum ('campaign', 'test', 'verification');
create type public.call_outcome as enum ('answered', 'voicemail', 'no_answer', 'busy', 'failed', 'canceled');
create type public.call_disposition as enum ('interested', 'information', 'callback', 'not_interested', 'do_not_call', 'wrong_number', 'voicemail', 'no_conversation');
create type public.call_sentiment as enum ('positive', 'neutral', 'negative');
-- who said what a conversation meant when no person did
create type public.disposition_source as enum ('tool_call', 'provider', 'rules', 'model');
create type public.failure_scope as enum ('number', 'call', 'capacity', 'account', 'transient');
create type public.block_reason as enum ('time_zone_unknown', 'do_not_call', 'no_consent', 'invalid_number', 'refused');
create type public.wait_reason as enum ('window_closed', 'no_minutes', 'no_slot', 'line_full', 'line_held', 'daily_cap', 'frequency_cap', 'in_other_call', 'budget', 'account_held');
create type public.ledger_kind as enum ('grant', 'purchase', 'consume', 'refund', 'dispute', 'adjust', 'expire');
create type public.member_role as enum ('owner', 'admin', 'agent', 'viewer');
create type public.account_status as enum ('active', 'suspended', 'closed');
create type public.company_type as enum ('generic', 'e_commerce', 'healthcare', 'real_estate');
create type public.format_style as enum ('american', 'british', 'continental', 'swiss', 'indian');
create type public.permission_scope as enum ('account', 'assigned');
-- who did something: a member, the people who run the installation, the product by itself
create type public.actor_kind as enum ('person', 'platform', 'system');
create type public.recording_state as enum ('none', 'pending', 'stored', 'failed', 'expired');
create type public.time_zone_source as enum ('file', 'import', 'number', 'hand');
create type public.import_status as enum ('pending', 'validating', 'running', 'completed', 'failed');
create type public.contact_list_kind as enum ('static', 'audience');
create type public.opt_out_source as enum ('tool_call', 'analysis', 'disposition', 'import', 'api', 'hand');
create type public.list_change as enum ('added', 'removed');
create type public.campaign_purpose as enum ('sales', 'service', 'survey', 'reminder');
create type public.campaign_priority as enum ('low', 'normal', 'high');
create type public.call_order as enum ('enrolled', 'random');
create type public.pause_reason as enum ('failure_rate', 'opt_out_rate', 'assistant', 'budget', 'ended');
create type public.notice_kind as enum ('failure_rate', 'opt_out_rate', 'assistant', 'budget', 'ended', 'not_launched', 'no_minutes',
  'low_balance', 'auto_top_up_failed', 'auto_top_up_off', 'payment_disputed', 'balance_below_zero', 'payment_failed', 'completed',
  'import_completed', 'import_failed', 'deletions_failed', 'account_suspended', 'account_closed', 'provider_refused');
-- What people switch on and off, and filter by: several kinds each.
create type public.notice_topic as enum ('completed', 'paused', 'not_launched', 'minutes', 'payments', 'imports', 'privacy', 'account', 'provider');
create type public.order_kind as enum ('checkout', 'auto_top_up');
create type public.order_status as enum ('open', 'pending', 'paid', 'failed', 'canceled', 'expired');
create type public.top_up_off_reason as enum ('three_failures', 'no_card', 'not_offered', 'dispute', 'person');
-- In rising order: who has more than a campaign needs has enough.
create type public.consent_basis as enum ('implied', 'express', 'express_written');
create type public.rule_kind as enum ('hours', 'frequency', 'consent', 'ai_disclosure', 'opt_out_sentence', 'recording', 'identification', 'holidays');
create type public.consent_channel as enum ('web_form', 'paper', 'spoken', 'email', 'text_message', 'other');

-- The only clock. Tests and simulations replace its body by one that adds an offset; production never does. plpgsql, as all that
-- is asked many times in a call's life: a function in SQL with a search path of its own is never inlined but planned anew in
-- every statement that asks it, which takes longer than the answer.
create function private.now() returns timestamptz
language plpgsql stable set search_path = ''
as $$
begin
  return clock_timestamp();
end $$;
grant execute on function private.now() to authenticated, service_role;

-- The closed list of error codes and their HTTP status (business/models/appError.ts has the same list).
create function private.error_status(code text) returns int
language sql immutable set search_path = ''
return case error_status.code
  when 'invalid_input' then 400 when 'unauthenticated' then 401 when 'insufficient_minutes' then 402
  when 'forbidden' then 403 when 'not_found' then 404 when 'conflict' then 409 when 'not_launchable' then 409
  when 'too_large' then 413 when 'rate_limited' then 429 when 'provider_refused' then 502 when 'unavailable' then 503
  else 500 end;

-- An id whose order is the order of creation (RFC 9562, version 7): milliseconds, then microseconds, then chance. Whatever refers
-- to such a row by an index is in the order of time without saying so: the newest contacts of a tag, a list or a campaign are the
-- end of an index, however many there are.
create function private.time_ordered_id() returns uuid
language plpgsql volatile set search_path = ''
as $$
declare
  micros bigint := extract(epoch from private.now()) * 1000000;
begin
  return (lpad(to_hex(micros / 1000), 12, '0') || '7' || lpad(to_hex(micros % 1000 * 4096 / 1000), 3, '0')
    || substr(replace(gen_random_uuid()::text, '-', ''), 17))::uuid;
end $$;

-- Ends the transaction with an error that PostgREST turns into the code's HTTP status and a JSON body. Details with
-- retry_after_seconds say in a header, too, when to come again.
create function private.raise_error(code text, message text, details jsonb default null, hint text default null) returns void
language plpgsql set search_path = ''
as $$
begin
  raise sqlstate 'PGRST' using
    message = jsonb_build_object('code', raise_error.code, 'message', raise_error.message,
      'details', raise_error.details::text, 'hint', raise_error.hint)::text,
    detail = jsonb_build_object('status', private.error_status(raise_error.code), 'headers', case when raise_error.details ? 'retry_after_seconds'
      then jsonb_build_object('Retry-After', raise_error.details ->> 'retry_after_seconds') else '{}' end)::text;
end $$;

-- Bad input, told per field so that the form can show it where it belongs: [{field, code, message}].
create function private.raise_invalid(field text, code text, message text) returns void
language sql set search_path = ''
return private.raise_error('invalid_input', raise_invalid.message,
  jsonb_build_array(jsonb_build_object('field', raise_invalid.field, 'code', raise_invalid.code, 'message', raise_invalid.message)));

-- Text as a person meant it: trimmed, and null when nothing is left.
create function private.clean_text(value text) returns text
language sql immutable set search_path = ''
return nullif(btrim(clean_text.value, E' \t\r\n'), '');

-- The zones Postgres can judge a window in. Abbreviations such as EST are left out: they hide daylight saving. Kept as a table,
-- because Postgres reads some six hundred files to list them, 50 ms each time. After an upgrade that knows new names, the same
-- insert adds them.
create table private.time_zones (name text primary key);
insert into private.time_zones (name)
select 'UTC' union all select z.name from pg_catalog.pg_timezone_names z where z.name like '%/%' and z.name not like 'posix/%';

create function private.is_time_zone(name text) returns boolean
language plpgsql stable set search_path = ''
as $$
begin
  return exists (select from private.time_zones z where z.name = is_time_zone.name);
end $$;

create function private.is_phone(value text) returns boolean
language sql immutable set search_path = ''
return is_phone.value ~ '^\+[1-9][0-9]{6,14}$';

-- Seconds as they are billed: the first increment whole, then whole further ones. 61 s is 120 s at 60/60, 66 s at 30/6, 61 s at 1/1.
create function private.round_up(seconds int, first_increment int, increment int) returns int
language plpgsql immutable set search_path = ''
as $$
begin
  return case when round_up.seconds <= 0 then 0 when round_up.seconds <= first_increment then first_increment
    else first_increment + ((round_up.seconds - first_increment + increment - 1) / increment) * increment end;
end $$;

-- Touches updated_at on every update, so that no command can forget it.
create function private.touch_updated_at() returns trigger
language plpgsql set search_path = ''
as $$
begin
  new.updated_at := private.now();
  return new;
end $$;
