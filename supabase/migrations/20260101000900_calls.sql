-- One row per attempt to reach a person, what was said, and the books kept beside it.

create table public.calls (
  id uuid primary key default gen_random_uuid(),
  -- sent to the provider inside the call; the only thing that ties the two worlds together
  attempt_id uuid not null default gen_random_uuid(),
  account_id uuid not null references public.accounts on delete cascade,
  campaign_id uuid references public.campaigns on delete cascade,
  enrolment_id uuid references public.enrolments on delete cascade,
  contact_id uuid references public.contacts,
  assistant_version_id uuid references public.assistant_versions,
  phone_number_id uuid not null references public.phone_numbers,
  provider_line_id bigint not null references engine.provider_lines,
  kind public.call_kind not null default 'campaign',
  -- whose words a test call speaks beside the assistant's; it is no call of that campaign
  tried_campaign_id uuid references public.campaigns on delete set null,
  -- '' once the person was erased
  phone text not null,
  attempt_no int not null default 1,
  state public.call_state not null default 'reserved',
  -- does the attempt count for the contact? Refusals for our own reasons and capacity do not.
  is_counted boolean not null default true,
  reserved_seconds int not null constraint reservation_is_positive check (reserved_seconds > 0 or kind = 'verification' and reserved_seconds = 0),
  first_increment_seconds int not null default 60,
  billing_increment_seconds int not null,
  talk_seconds int not null default 0,
  billed_seconds int constraint billed_within_reservation check (billed_seconds between 0 and reserved_seconds),
  overrun_seconds int not null default 0,
  price_micros bigint,
  provider_cost_micros bigint,
  provider_call_id text,
  lease_until timestamptz not null,
  dial_at timestamptz not null,
  dialled_at timestamptz,
  local_dialled_at timestamp,
  -- the account's wall clock at the dial, by which the call is in the statistics; fixed at settlement, so that a new zone moves nothing
  account_dialled_at timestamp,
  -- what begin_dial allowed the call by: rules, window, list, consent and counts at that instant
  dial_facts jsonb,
  accepted_at timestamptz,
  ringing_at timestamptz,
  started_at timestamptz,
  ended_at timestamptz,
  settled_at timestamptz,
  found_late_at timestamptz,
  -- the campaign's and the account's day, each in its own zone, on which the attempt was counted; fixed by the claim
  counted_day date,
  account_day date,
  checked_at timestamptz,
  outcome public.call_outcome,
  failure_scope public.failure_scope,
  ended_reason text,
  technical_failure boolean not null default false,
  engaged boolean,
  -- what the conversation meant; disposition_by is the person who said so, null for the assistant and its analysis
  disposition public.call_disposition,
  -- the account's own word for it, if it has one
  own_disposition_id uuid references public.dispositions,
  disposition_by uuid,
  -- where it came from when nobody of the account said it
  disposition_source public.disposition_source constraint only_a_disposition_has_a_source check (disposition_source is null or disposition is not null),
  -- how the person took it, as the analysis heard it
  sentiment public.call_sentiment,
  rule_version int not null,
  consent_id uuid,
  recording_state public.recording_state not null default 'none',
  recording_path text,
  recording_bytes bigint,
  -- 2: the voices apart, 1: mixed; null until it is stored
  recording_channels smallint constraint recording_is_mixed_or_has_the_voices_apart check (recording_channels in (1, 2)),
  -- when its transcript was deleted, and by a rule of how many days; without days because the person was erased
  words_deleted_at timestamptz,
  words_deleted_days int constraint only_what_is_deleted_was_kept_for_days check (words_deleted_days is null or words_deleted_at is not null),
  started_by uuid,
  created_at timestamptz not null default private.now(),
  constraint attempt_id_is_used_once unique (attempt_id),
  constraint provider_call_is_known_once unique (provider_call_id),
  constraint a_final_state_is_settled check ((state in ('settled', 'voided')) = (settled_at is not null)),
  constraint ended_at_is_after_started_at check (ended_at >= started_at),
  constraint a_campaign_call_has_an_enrolment check ((kind = 'campaign') = (enrolment_id is not null)),
  -- a verification speaks a code in the platform's own words and costs the account nothing
  constraint only_a_verification_has_no_assistant check ((kind = 'verification') = (assistant_version_id is null))
);
create unique index calls_one_per_attempt on public.calls (enrolment_id, attempt_no) where is_counted;
-- Each partial index says more than "settled_at is null": in a quiet hour all of them are empty, look equally cheap, and a plan
-- made then would read all that is unsettled for every contact, until somebody analyses the table.
create unique index calls_one_unsettled_per_enrolment on public.calls (enrolment_id) where settled_at is null and enrolment_id is not null;
create unique index calls_one_unsettled_per_phone on public.calls (account_id, phone) where settled_at is null;
create index calls_newest on public.calls (account_id, created_at desc, id desc);
create index calls_by_campaign on public.calls (campaign_id, created_at desc, id desc);
create index calls_by_contact on public.calls (contact_id, created_at desc);
create index calls_by_tried_campaign on public.calls (tried_campaign_id) where tried_campaign_id is not null;
create index calls_asked_for on public.calls (phone, created_at) where kind <> 'campaign';
create index calls_with_interest on public.calls (account_id, contact_id) where disposition = 'interested';
create index calls_by_enrolment on public.calls (enrolment_id);
create index calls_by_assistant_version on public.calls (assistant_version_id, created_at desc, id desc);
-- For the log's filters. Each is entered once, by the settlement or after it: what a call has not got yet is in no index.
create index calls_by_outcome on public.calls (account_id, outcome, created_at desc, id desc) where outcome is not null;
create index calls_by_disposition on public.calls (account_id, disposition, created_at desc, id desc) where disposition is not null;
create index calls_by_own_disposition on public.calls (own_disposition_id, created_at desc, id desc) where own_disposition_id is not null;
create index calls_by_person on public.calls (account_id, disposition_by, created_at desc, id desc) where disposition_by is not null;
create index calls_by_sentiment on public.calls (account_id, sentiment, created_at desc, id desc) where sentiment is not null;
create index calls_recorded on public.calls (account_id, created_at desc, id desc) where recording_state = 'stored';
create index calls_not_copied on public.calls (account_id, created_at) where recording_state = 'failed';
create index calls_by_length on public.calls (account_id, talk_seconds) where talk_seconds > 0;
create index calls_voided on public.calls (account_id, created_at desc, id desc) where state = 'voided';
create index calls_to_try on public.calls (account_id, created_at desc, id desc) where kind = 'test';
create index calls_by_number on public.calls (phone_number_id);
create index calls_by_line on public.calls (provider_line_id);
create index calls_to_number on public.calls (account_id, phone, dialled_at) where dialled_at is not null;
create index calls_open_leases on public.calls (lease_until) where state in ('reserved', 'dialing');
create index calls_unsettled on public.calls (dialled_at) where settled_at is null and dialled_at is not null;
create index calls_by_recording on public.calls (recording_path) where recording_path is not null;

-- The words of a conversation, to search by. 'simple' knows no language: an account's campaigns speak several, and a stemmer of the wrong
-- one hides words; the search asks for beginnings of words instead. A hundred thousand characters are hours of talk, and keep whatever
-- a provider sends far below the megabyte that a tsvector may hold.
create function private.spoken_words(turns jsonb, transcript text, summary text) returns tsvector
language plpgsql immutable set search_path = ''
as $$
begin
  -- The parser would take what stands between < and > for markup and leave it out, and a mark of direction for a letter.
  return to_tsvector('pg_catalog.simple', translate(left(concat_ws(' ', spoken_words.summary, coalesce(
    (select string_agg(t ->> 'text', ' ') from jsonb_array_elements(spoken_words.turns) t), spoken_words.transcript)), 100000),
    U&'<>&\200E\200F\202A\202B\202C\202D\202E\2066\2067\2068\2069', repeat(' ', 14)));
end $$;

-- Long texts live apart, so that lists stay narrow.
create table public.call_transcripts (
  call_id uuid primary key references public.calls on delete cascade,
  account_id uuid not null references public.accounts on delete cascade,
  turns jsonb not null default '[]',
  transcript text,
  summary text,
  success text,
  structured jsonb,
  -- what our own analyser found where the provider told nothing, and who it was
  computed jsonb,
  analyser text constraint analyser_is_known check (analyser in ('rules', 'model')),
  -- null until a tick has made them findable
  words tsvector,
  created_at timestamptz not null default private.now(),
  constraint an_analyser_computed_it check ((computed is null) = (analyser is null))
);
create index call_transcripts_by_account on public.call_transcripts (account_id, created_at);
-- The account first: a word that others say often costs this one nothing.
create index call_transcripts_words on public.call_transcripts using gin (account_id, words);
create index call_transcripts_unfinished on public.call_transcripts (call_id) where words is null;

-- Why somebody was not dialled, whenever that answer changed: the other half of a number's proof beside its calls.
create table public.dial_denials (
  id bigint generated always as identity primary key,
  account_id uuid not null references public.accounts on delete cascade,
  enrolment_id uuid not null references public.enrolments on delete cascade,
  contact_id uuid not null references public.contacts on delete cascade,
  phone text not null,
  reason text not null constraint reason_is_known check (reason in ('do_not_call', 'no_consent', 'attempts', 'wish', 'frequency_cap', 'minimum_gap',
    'in_other_call', 'switched_off', 'campaign_not_active', 'window_closed', 'day_over', 'line_held', 'account_held')),
  rule_version int not null,
  local_time timestamp,
  facts jsonb not null default '{}',
  created_at timestamptz not null default private.now()
);
create index dial_denials_by_enrolment on public.dial_denials (enrolment_id, id desc);
create index dial_denials_by_number on public.dial_denials (account_id, phone, created_at);
create index dial_denials_by_contact on public.dial_denials (contact_id);

-- Not provider_call_id, attempt_id, leases: what the dialler needs is nobody's business in a browser. Not the number and the price: not
-- everybody who sees calls may see those, and what reads calls for a page (call_row, get_call) asks who it is for.
grant select (id, account_id, campaign_id, enrolment_id, contact_id, assistant_version_id, phone_number_id, kind, attempt_no, state,
  is_counted, reserved_seconds, talk_seconds, billed_seconds, overrun_seconds, dialled_at, local_dialled_at, ringing_at,
  started_at, ended_at, settled_at, outcome, failure_scope, ended_reason, technical_failure, engaged, disposition, own_disposition_id, disposition_by, disposition_source, sentiment,
  recording_state, recording_path, started_by, tried_campaign_id, created_at) on public.calls to authenticated;
grant select on public.call_transcripts to authenticated;
-- The number is for those who may see personal fields; they ask dial_proof.
grant select (id, account_id, enrolment_id, contact_id, reason, rule_version, local_time, facts, created_at) on public.dial_denials to authenticated;
grant select on public.calls, public.call_transcripts, public.dial_denials to service_role;
alter table public.calls enable row level security;
alter table public.call_transcripts enable row level security;
alter table public.dial_denials enable row level security;

-- May the current user see this call for the permission? A test call has no campaign and belongs to the whole account; a verification
-- is between a person and their phone.
create policy "Members can view the calls of their campaigns" on public.calls for select to authenticated
  using (campaign_id = any(array(select private.campaign_ids('calls.read')))
    or (kind = 'test' and account_id = any(array(select private.account_ids('calls.read')))));
create policy "Members who may listen can read what was said" on public.call_transcripts for select to authenticated
  using (exists (select from public.calls c where c.id = call_id
    and (c.campaign_id = any(array(select private.campaign_ids('calls.listen')))
      or (c.campaign_id is null and c.account_id = any(array(select private.account_ids('calls.listen')))))));
create policy "Members can view why a contact was not dialled" on public.dial_denials for select to authenticated
  using (account_id = any(array(select private.account_ids('calls.read'))));

-- Rank only grows; a late lower-ranked event adds facts and never moves the state back.
create function private.state_rank(state public.call_state) returns int
language plpgsql immutable set search_path = ''
as $$
begin
  return case state_rank.state when 'reserved' then 0 when 'dialing' then 10 when 'unknown' then 10 when 'ringing' then 20
  when 'in_progress' then 30 when 'ended' then 80 else 90 end;
end $$;

-- A live call holds a slot of its account, campaign and line.
create function private.is_live(state public.call_state) returns boolean
language plpgsql immutable set search_path = ''
as $$
begin
  return is_live.state in ('reserved', 'dialing', 'unknown', 'ringing', 'in_progress');
end $$;

-- Private bucket: recordings are copied here and played through short signed URLs. No policy lets anybody write: run-outbox does, with
-- files whose first bytes it looked at.
insert into storage.buckets (id, name, public, file_size_limit, allowed_mime_types)
values ('recordings', 'recordings', false, 209715200, '{audio/mpeg,audio/wav,audio/ogg,audio/mp4}') on conflict (id) do nothing;
create policy "Members who may listen can play recordings" on storage.objects for select to authenticated
  using (bucket_id = 'recordings' and exists (select from public.calls c where c.recording_path = name
    and (c.campaign_id = any(array(select private.campaign_ids('calls.listen')))
      or (c.campaign_id is null and c.account_id = any(array(select private.account_ids('calls.listen')))))));
