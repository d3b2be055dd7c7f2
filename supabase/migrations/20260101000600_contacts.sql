-- People who may be called, the files they came from, and the list of those who may not.

create table public.imports (
  id uuid primary key default private.time_ordered_id(),
  account_id uuid not null references public.accounts on delete cascade,
  file_name text not null constraint file_name_is_short check (char_length(file_name) between 1 and 255),
  -- SHA-256 of the file, in hex: the same file again is recognised by it
  file_hash text not null default '' constraint file_hash_is_hexadecimal check (file_hash ~ '^([0-9a-f]{64})?$'),
  file_bytes bigint not null default 0 constraint file_has_a_size check (file_bytes >= 0),
  -- which column of the file became what, as the browser wrote it down; the database only keeps it
  mapping jsonb not null default '{}',
  -- {list_id, tag_ids, default_country, duplicates, consent_defaults}; import_options() says what each means
  options jsonb not null default '{}' constraint options_are_an_object check (jsonb_typeof(options) = 'object'),
  -- the answer to "Time zone for rows without one"
  default_time_zone text,
  -- what everybody in the file agreed to, if somebody said so
  consent jsonb,
  status public.import_status not null default 'pending',
  row_count int not null default 0,
  created_count int not null default 0,
  updated_count int not null default 0,
  unchanged_count int not null default 0,
  skipped_count int not null default 0,
  refused_count int not null default 0,
  -- of those that went in: whose number is on the do-not-call list, and who has no time zone
  do_not_call_count int not null default 0,
  no_time_zone_count int not null default 0,
  -- of those it created: taken back by its undo
  undone_count int not null default 0,
  created_by uuid,
  created_at timestamptz not null default private.now(),
  finished_at timestamptz,
  failure_reason text,
  undone_at timestamptz,
  constraint failure_reason_only_when_failed check (failure_reason is null or status = 'failed'),
  constraint only_what_is_over_is_undone check (undone_at is null or status in ('completed', 'failed'))
);
create index imports_newest on public.imports (account_id, id desc);
create index imports_of_file on public.imports (account_id, file_hash, id desc) where file_hash <> '';

-- One row per chunk that went in: the same chunk again answers what it answered before.
create table public.import_chunks (
  import_id uuid not null references public.imports on delete cascade,
  account_id uuid not null references public.accounts on delete cascade,
  chunk int not null,
  result jsonb not null,
  -- of the people whom the chunk let in, those who were there before
  known_ids uuid[] not null default '{}',
  created_at timestamptz not null default private.now(),
  primary key (import_id, chunk)
);
create index import_chunks_by_account on public.import_chunks (account_id);

create table public.contacts (
  id uuid primary key default private.time_ordered_id(),
  account_id uuid not null references public.accounts on delete cascade,
  -- null once the person was erased
  phone text constraint phone_is_e164 check (phone ~ '^\+[1-9][0-9]{6,14}$'),
  name text not null default '',
  email text not null default '',
  company text not null default '',
  -- null = unknown: the contact is blocked, never dialled in somebody else's time
  time_zone text,
  time_zone_source public.time_zone_source,
  -- the calling region whose rules apply: US-FL, US, CA …; the number's, unless somebody stated another
  region text not null default '' constraint region_is_a_country_or_a_part_of_one check (region ~ '^([A-Z]{2}(-[A-Z0-9]{1,3})?)?$'),
  region_is_stated boolean not null default false,
  -- the contact's own wish, in its zone; null = any hour, any day. Until at or before from means the next day.
  calls_from time,
  calls_until time,
  call_days smallint[] constraint call_days_are_iso check (call_days <@ '{1,2,3,4,5,6,7}' and cardinality(call_days) > 0),
  -- the language the person speaks: de, pt-BR
  locale text not null default '' constraint locale_is_a_language check (locale ~ '^([a-z]{2,3}(-[A-Za-z0-9]{2,8})*)?$'),
  segment text not null default '' constraint segment_is_short check (char_length(segment) <= 100),
  -- who should call, in campaigns that say so
  assistant_id uuid references public.assistants on delete set null,
  attributes jsonb not null default '{}' constraint attributes_are_an_object check (jsonb_typeof(attributes) = 'object'),
  -- kept by the consents themselves: is there one that was not revoked?
  has_consent boolean not null default false,
  -- the contact that goes on with this person's corrected number; this one is closed, and nobody dials it
  replaced_by uuid references public.contacts on delete set null,
  import_id uuid references public.imports on delete set null,
  -- every word follows a space, so that one or two letters can be looked up where words begin
  search_text text generated always as (lower(' ' || name || ' ' || coalesce(phone, '') || ' ' || email || ' ' || company)) stored,
  -- everything personal went at the person's wish, and by whom (erase_contact); the row stays for what its calls came to
  erased_at timestamptz,
  erased_by uuid,
  created_at timestamptz not null default private.now(),
  updated_at timestamptz not null default private.now(),
  constraint one_contact_per_number unique (account_id, phone),
  constraint only_who_is_erased_has_no_number check ((phone is null) = (erased_at is not null)),
  constraint who_is_erased_is_nobody check (erased_at is null or (name, email, company, segment, attributes) = ('', '', '', '', '{}') and calls_from is null and call_days is null),
  constraint time_zone_has_a_source check ((time_zone is null) = (time_zone_source is null)),
  constraint a_stated_region_is_known check (region <> '' or not region_is_stated),
  constraint a_wish_is_whole check ((calls_from is null) = (calls_until is null) and calls_from is distinct from calls_until or calls_from is null and calls_until is null)
);
-- Ids are in the order of time: every index that ends with one is read from its end for the newest.
create index contacts_newest on public.contacts (account_id, id);
create index contacts_by_name on public.contacts (account_id, (name = ''), lower(name), id);
create index contacts_by_time_zone on public.contacts (account_id, time_zone, id);
create index contacts_by_consent on public.contacts (account_id, has_consent, id);
create index contacts_by_import on public.contacts (import_id, id);
create index contacts_by_assistant on public.contacts (assistant_id) where assistant_id is not null;
create index contacts_replaced on public.contacts (replaced_by) where replaced_by is not null;
-- The account first: a word that is common at others costs this one nothing.
create index contacts_search on public.contacts using gin (account_id, search_text extensions.gin_trgm_ops);

-- Sticky: nothing but an admin's logged removal takes a number off.
create table public.do_not_call (
  id uuid not null default gen_random_uuid(),
  account_id uuid not null references public.accounts on delete cascade,
  phone text not null constraint phone_is_e164 check (phone ~ '^\+[1-9][0-9]{6,14}$'),
  source public.opt_out_source not null,
  reason text not null default '',
  -- the call in which the person asked for it, where there was one; the evidence outlives that call's row
  call_id uuid,
  created_by uuid,
  created_at timestamptz not null default private.now(),
  primary key (account_id, phone)
);
create index do_not_call_newest on public.do_not_call (account_id, created_at desc, id desc);

-- Everything that ever happened to the list: what a proof reads to say whether a number stood on it at a given moment.
create table public.do_not_call_history (
  id bigint generated always as identity primary key,
  account_id uuid not null references public.accounts on delete cascade,
  phone text not null,
  change public.list_change not null,
  source public.opt_out_source not null,
  reason text not null,
  call_id uuid,
  actor_id uuid,
  created_at timestamptz not null default private.now(),
  constraint a_removal_has_a_reason check (change <> 'removed' or reason <> '')
);
create index do_not_call_history_by_phone on public.do_not_call_history (account_id, phone, id desc);

grant select on public.imports, public.import_chunks, public.contacts, public.do_not_call,
  public.do_not_call_history to authenticated, service_role;
alter table public.imports enable row level security;
alter table public.import_chunks enable row level security;
alter table public.contacts enable row level security;
alter table public.do_not_call enable row level security;
alter table public.do_not_call_history enable row level security;
create policy "Members with the right can view the imports of their account" on public.imports for select to authenticated
  using (account_id = any(array(select private.account_ids('contacts.edit'))));
create policy "Members with the right can view their import chunks" on public.import_chunks for select to authenticated
  using (account_id = any(array(select private.account_ids('contacts.edit'))));
create policy "Members with the right can view the contacts of their account" on public.contacts for select to authenticated
  using (account_id = any(array(select private.account_ids('contacts.read_personal'))));
create policy "Members with the right can view their do-not-call list" on public.do_not_call for select to authenticated
  using (account_id = any(array(select private.account_ids('contacts.read_personal'))));

create policy "Members with the right can view the history of their do-not-call list" on public.do_not_call_history for select to authenticated
  using (account_id = any(array(select private.account_ids('contacts.read_personal'))));

create trigger do_not_call_history_is_append_only before update or truncate on public.do_not_call_history
  for each statement execute function private.refuse_change();
create trigger do_not_call_history_is_never_deleted before delete on public.do_not_call_history
  for each row execute function private.refuse_single_delete();
-- Not when a consent only notes that it is there: updated_at says when somebody last changed the contact itself.
create trigger contacts_touch_updated_at before update on public.contacts
  for each row when (new.has_consent = old.has_consent) execute function private.touch_updated_at();

-- A known time zone can be changed, not removed: lanes and calls that are under way stand on it. save_contact and
-- imports end here as well as an operator's own statement.
create function private.keep_time_zone() returns trigger
language plpgsql set search_path = ''
as $$
begin
  perform private.raise_invalid('time_zone', 'required', 'A known time zone can be changed, not removed.');
end $$;
create trigger contacts_keep_their_time_zone before update on public.contacts
  for each row when (old.time_zone is not null and new.time_zone is null and new.erased_at is null) execute function private.keep_time_zone();
