-- What the law says about calling, as dated data with its citation: read by everybody signed in, written by the platform's
-- operators alone. It is not legal advice. Each transaction that changes a rule makes a new rule version, and every version
-- can be asked for later, so that a call's proof shows the rules it was made under.

-- The rules of one law or authority, for the regions it holds in.
create table public.rule_packs (
  id text primary key,
  name text not null,
  regions text[] not null constraint a_pack_holds_somewhere check (cardinality(regions) > 0),
  is_on boolean not null default true
);

-- One rule. Its value by kind: hours {} (rule_hours has them; a weekday without a row is closed) · frequency {max_calls, per_hours}
-- · consent {purpose: basis} · ai_disclosure, opt_out_sentence {language: sentence} · recording {consent: all | forbidden}
-- · identification, holidays {}. effective_until is the first day on which it no longer holds.
create table public.rules (
  id text primary key,
  pack_id text not null references public.rule_packs on delete cascade,
  kind public.rule_kind not null,
  value jsonb not null default '{}' constraint value_is_an_object check (jsonb_typeof(value) = 'object'),
  citation text not null constraint a_rule_has_a_citation check (citation <> ''),
  effective_from date not null,
  effective_until date,
  is_verified boolean not null,
  is_on boolean not null,
  constraint effective_until_is_after_effective_from check (effective_until > effective_from),
  constraint only_a_verified_rule_is_on check (is_verified or not is_on),
  constraint a_frequency_is_whole check (kind <> 'frequency' or ((value ->> 'max_calls')::int > 0 and (value ->> 'per_hours')::int > 0) is true)
);
create index rules_by_pack on public.rules (pack_id);
create index rules_in_force on public.rules (kind) where is_on;

create table public.rule_hours (
  rule_id text not null references public.rules on delete cascade,
  weekday smallint not null constraint weekday_is_iso check (weekday between 1 and 7),
  opens_at time not null,
  closes_at time not null,
  primary key (rule_id, weekday, opens_at),
  constraint closes_at_is_after_opens_at check (closes_at > opens_at)
);

-- Public holidays, for accounts that observe them and for rules that forbid calls on them.
create table public.holidays (
  region text not null,
  day date not null,
  name text not null,
  primary key (region, day)
);

-- Which region a number calls: the longest prefix decides.
create table public.number_regions (
  prefix text primary key constraint prefix_is_digits check (prefix ~ '^[1-9][0-9]{0,7}$'),
  region text not null constraint region_is_a_country_or_a_part_of_one check (region ~ '^[A-Z]{2}(-[A-Z0-9]{1,3})?$')
);

-- What each version changed, row by row and for ever: the table, its key, the row afterwards (null = it went).
create table public.rule_changes (
  id bigint generated always as identity primary key,
  version int not null,
  transaction_id xid8 not null default pg_current_xact_id(),
  subject text not null,
  key jsonb not null,
  content jsonb,
  created_at timestamptz not null default private.now()
);
create index rule_changes_by_transaction on public.rule_changes (transaction_id);
create index rule_changes_by_key on public.rule_changes (subject, key, version);

grant select on public.rule_packs, public.rules, public.rule_hours, public.holidays, public.number_regions, public.rule_changes to authenticated, service_role;
alter table public.rule_packs enable row level security;
alter table public.rules enable row level security;
alter table public.rule_hours enable row level security;
alter table public.holidays enable row level security;
alter table public.number_regions enable row level security;
alter table public.rule_changes enable row level security;
create policy "Signed-in people can read the rule packs" on public.rule_packs for select to authenticated using (true);
create policy "Signed-in people can read the rules" on public.rules for select to authenticated using (true);
create policy "Signed-in people can read the hours of rules" on public.rule_hours for select to authenticated using (true);
create policy "Signed-in people can read the holidays" on public.holidays for select to authenticated using (true);
create policy "Signed-in people can read which region a number calls" on public.number_regions for select to authenticated using (true);
create policy "Signed-in people can read how the rules changed" on public.rule_changes for select to authenticated using (true);

-- Notes a change of the rules: one new version per transaction, which the row of engine.settings serialises.
create function private.note_rule_change() returns trigger
language plpgsql set search_path = ''
as $$
declare
  content jsonb := case when tg_op <> 'DELETE' then to_jsonb(new) end;
  row_key jsonb := (select jsonb_object_agg(f.key, f.value) from jsonb_each(coalesce(to_jsonb(old), to_jsonb(new))) f where f.key = any(tg_argv));
begin
  if tg_op = 'UPDATE' and to_jsonb(old) = content then
    return null;
  elsif not exists (select from public.rule_changes c where c.transaction_id = pg_current_xact_id()) then
    update engine.settings s set rule_version = s.rule_version + 1;
  end if;
  insert into public.rule_changes (version, subject, key, content)
  select s.rule_version, tg_table_name, row_key, content from engine.settings s;
  return null;
end $$;
create trigger rule_packs_note_change after insert or update or delete on public.rule_packs
  for each row execute function private.note_rule_change('id');
create trigger rules_note_change after insert or update or delete on public.rules
  for each row execute function private.note_rule_change('id');
create trigger rule_hours_note_change after insert or update or delete on public.rule_hours
  for each row execute function private.note_rule_change('rule_id', 'weekday', 'opens_at');
create trigger holidays_note_change after insert or update or delete on public.holidays
  for each row execute function private.note_rule_change('region', 'day');
create trigger rule_changes_are_append_only before update or delete or truncate on public.rule_changes
  for each statement execute function private.refuse_change();

-- The regions whose rules hold for somebody: a state and its country, a member state (or a part of
-- one with a calling code of its own) and the EU. Unknown ('') has none.
-- plpgsql: every dial asks, and a body in SQL with a search path of its own is planned anew for each call.
create function private.region_chain(region text) returns text[]
language plpgsql immutable set search_path = ''
as $$
declare
  country text := split_part(region_chain.region, '-', 1);
begin
  return array_remove(array[country, case when country <> region_chain.region then region_chain.region end,
    case when country in ('AT', 'AX', 'BE', 'BG', 'CY', 'CZ', 'DE', 'DK', 'EE', 'ES', 'FI', 'FR', 'GF', 'GP', 'GR', 'HR', 'HU', 'IE', 'IT', 'LT', 'LU',
      'LV', 'MQ', 'MT', 'NL', 'PL', 'PT', 'RE', 'RO', 'SE', 'SI', 'SK', 'YT') then 'EU' end], null);
end $$;

-- The region a number calls, '' when the numbering plan tells none.
create function private.region_of_number(phone text) returns text
language plpgsql stable set search_path = ''
as $$
begin
  return coalesce((select n.region from public.number_regions n
    where n.prefix = any(array[substr(phone, 2, 1), substr(phone, 2, 2), substr(phone, 2, 3), substr(phone, 2, 4), substr(phone, 2, 5),
      substr(phone, 2, 6), substr(phone, 2, 7), substr(phone, 2, 8)])
    order by length(n.prefix) desc limit 1), '');
end $$;

-- Whether somebody may state this region: one that numbers call, or a part of a country of which we know no parts by name.
-- A state of the United States that does not exist would be called under rules too lax.
create function private.is_region(region text) returns boolean
language sql stable set search_path = ''
return exists (select from public.number_regions n where n.region = is_region.region)
  or is_region.region ~ '^[A-Z]{2}-[A-Z0-9]{1,3}$' and split_part(is_region.region, '-', 1) <> 'US'
    and exists (select from public.number_regions n where split_part(n.region, '-', 1) = split_part(is_region.region, '-', 1));

-- Keeps a contact's region that of its number unless somebody stated another; an address beats an area code.
create function private.set_contact_region() returns trigger
language plpgsql set search_path = ''
as $$
begin
  if not new.region_is_stated then
    new.region := private.region_of_number(new.phone);
  end if;
  return new;
end $$;
create trigger contacts_set_region before insert or update of phone, region, region_is_stated on public.contacts
  for each row execute function private.set_contact_region();

-- The rules of a kind that hold for a region on a day.
create function private.rules_in_force(kind public.rule_kind, region text, day date) returns setof public.rules
language plpgsql stable rows 1 set search_path = ''
as $$
declare
  -- Once, not for every rule.
  regions_asked text[] := private.region_chain(rules_in_force.region);
begin
  return query
  select r.* from public.rules r join public.rule_packs p on p.id = r.pack_id
  where r.kind = rules_in_force.kind and r.is_on and p.is_on and p.regions && regions_asked
    and r.effective_from <= rules_in_force.day and (r.effective_until is null or rules_in_force.day < r.effective_until)
  order by r.id;
end $$;

-- The strongest consent that the rules in force demand for a purpose; null = none. Asked by enrolment, claim and begin_dial.
create function private.required_consent(region text, purpose public.campaign_purpose, at timestamptz) returns public.consent_basis
language plpgsql stable set search_path = ''
as $$
begin
  return (select max((r.value ->> required_consent.purpose::text)::public.consent_basis)
    from private.rules_in_force('consent', required_consent.region, (required_consent.at at time zone 'UTC')::date) r);
end $$;

-- What the rules in force want said in a call, in its language (else in English): {ai_disclosure, opt_out: a sentence or null,
-- identification: whether the caller must name themselves, recording: announce or forbidden}. Asked by dial_order.
create function private.disclosures(region text, language text, at timestamptz) returns jsonb
language plpgsql stable set search_path = ''
as $$
declare
  tongue text := lower(split_part(coalesce(disclosures.language, ''), '-', 1));
  found record;
begin
  select min(coalesce(r.value ->> tongue, r.value ->> 'en')) filter (where r.kind = 'ai_disclosure') as ai_disclosure,
    min(coalesce(r.value ->> tongue, r.value ->> 'en')) filter (where r.kind = 'opt_out_sentence') as opt_out,
    coalesce(bool_or(r.kind = 'identification'), false) as identification,
    coalesce(bool_or(r.kind = 'recording' and r.value ->> 'consent' = 'forbidden'), false) as forbids_recording into found
  from unnest('{ai_disclosure,opt_out_sentence,identification,recording}'::public.rule_kind[]) k (kind)
  cross join lateral private.rules_in_force(k.kind, disclosures.region, (disclosures.at at time zone 'UTC')::date) r;
  return jsonb_build_object('ai_disclosure', found.ai_disclosure, 'opt_out', found.opt_out, 'identification', found.identification,
    'recording', case when found.forbids_recording then 'forbidden' else 'announce' end);
end $$;

-- The rules as version N had them for a region: what the proof of a call shows. [{id, pack, kind, value, citation, hours}].
create function private.rules_of_version(version int, region text) returns jsonb
language plpgsql stable set search_path = ''
as $$
declare
  regions_asked text[] := private.region_chain(rules_of_version.region);
begin
  return (
    with known as (
      select distinct on (c.subject, c.key) c.subject, c.content from public.rule_changes c
      where c.version <= rules_of_version.version order by c.subject, c.key, c.version desc, c.id desc
    ), packs as (
      select p.* from known k cross join lateral jsonb_populate_record(null::public.rule_packs, k.content) p
      where k.subject = 'rule_packs' and k.content is not null
    ), hours as (
      select h.* from known k cross join lateral jsonb_populate_record(null::public.rule_hours, k.content) h
      where k.subject = 'rule_hours' and k.content is not null
    )
    select coalesce(jsonb_agg(jsonb_build_object('id', r.id, 'pack', p.name, 'kind', r.kind, 'value', r.value, 'citation', r.citation,
      'effective_from', r.effective_from, 'effective_until', r.effective_until,
      'hours', (select coalesce(jsonb_agg(jsonb_build_object('weekday', h.weekday, 'opens_at', to_char(h.opens_at, 'HH24:MI'),
        'closes_at', to_char(h.closes_at, 'HH24:MI')) order by h.weekday, h.opens_at), '[]') from hours h where h.rule_id = r.id)) order by r.id), '[]')
    from known k cross join lateral jsonb_populate_record(null::public.rules, k.content) r join packs p on p.id = r.pack_id
    where k.subject = 'rules' and r.is_on and p.is_on and p.regions && regions_asked);
end $$;
