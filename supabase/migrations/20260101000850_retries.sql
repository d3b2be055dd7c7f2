-- How often, how soon and at which time of day somebody is tried again, by what the line did.

-- One row per outcome that people set themselves; the others follow private.default_retries.
create table public.campaign_retries (
  campaign_id uuid not null references public.campaigns on delete cascade,
  account_id uuid not null references public.accounts on delete cascade,
  outcome public.call_outcome not null constraint outcome_can_be_tried_again check (outcome in ('busy', 'no_answer', 'voicemail', 'failed')),
  -- further attempts after this outcome; the campaign's max_attempts bounds all outcomes together
  retries int not null constraint retries_are_zero_to_nine check (retries between 0 and 9),
  -- before the first, second, … retry; the last one repeats
  delays_minutes int[] not null constraint delays_are_one_to_nine check (cardinality(delays_minutes) between 1 and 9),
  constraint delays_are_minutes_up_to_thirty_days check (array_position(delays_minutes, null) is null and 1 <= all(delays_minutes) and 43200 >= all(delays_minutes)),
  -- the next attempt is made in another part of the contact's day, where the calling times allow it
  shifts_day_part boolean not null,
  primary key (campaign_id, outcome)
);
create index campaign_retries_by_account on public.campaign_retries (account_id);

grant select on public.campaign_retries to authenticated, service_role;
alter table public.campaign_retries enable row level security;
create policy "Members can view the retries of their campaigns" on public.campaign_retries for select to authenticated
  using (campaign_id = any(array(select private.campaign_ids('campaigns.read'))));

-- What a careful caller does when nobody said otherwise: a busy line is tried soon, silence later, a machine at another time of day.
create function private.default_retries() returns table (outcome public.call_outcome, retries int, delays_minutes int[], shifts_day_part boolean)
language sql immutable set search_path = ''
as $$
  values ('busy'::public.call_outcome, 3, '{10,30,120}'::int[], false), ('no_answer', 3, '{60,240,1440}', true), ('voicemail', 2, '{240,1440}', true),
    ('failed', 2, '{30,120}', false)
$$;

-- All four rules of a campaign, in the shape in which replace_retries takes them back. Asked by get_campaign and save_campaign.
create function private.retries_of(campaign_id uuid) returns jsonb
language sql stable set search_path = ''
as $$
  select jsonb_agg(jsonb_build_object('outcome', d.outcome, 'retries', coalesce(r.retries, d.retries),
    'delays_minutes', coalesce(r.delays_minutes, d.delays_minutes), 'shifts_day_part', coalesce(r.shifts_day_part, d.shifts_day_part)) order by d.outcome)
  from private.default_retries() d
  left join public.campaign_retries r on r.campaign_id = retries_of.campaign_id and r.outcome = d.outcome
$$;

-- Refuses rules that cannot be read, with the field the form shows.
create function private.check_retries(retries jsonb) returns void
language plpgsql immutable set search_path = ''
as $$
declare
  rule jsonb;
  seen text[] := '{}';
begin
  if jsonb_typeof(retries) is distinct from 'array' or jsonb_array_length(retries) > 4 then
    perform private.raise_invalid('retries', 'shape', 'The retries are not readable.');
  end if;
  for rule in select r from jsonb_array_elements(retries) r loop
    if jsonb_typeof(rule) <> 'object' or not coalesce(rule ->> 'outcome', '') = any('{busy,no_answer,voicemail,failed}') or rule ->> 'outcome' = any(seen) then
      perform private.raise_invalid('retries', 'outcome', 'Say once for busy, no_answer, voicemail and failed what happens then.');
    elsif jsonb_typeof(rule -> 'retries') is distinct from 'number' or rule ->> 'retries' !~ '^[0-9]$' then
      perform private.raise_invalid('retries', 'range', 'Try again between 0 and 9 times.');
    elsif jsonb_typeof(rule -> 'delays_minutes') is distinct from 'array' or jsonb_array_length(rule -> 'delays_minutes') not between 1 and 9
      or exists (select from jsonb_array_elements(rule -> 'delays_minutes') d
        where jsonb_typeof(d) <> 'number' or d #>> '{}' !~ '^\d{1,5}$' or (d #>> '{}')::int not between 1 and 43200) then
      perform private.raise_invalid('retries', 'delay', 'Wait between one minute and thirty days.');
    elsif jsonb_typeof(rule -> 'shifts_day_part') is distinct from 'boolean' then
      perform private.raise_invalid('retries', 'shape', 'Say whether another time of day is tried.');
    end if;
    seen := seen || (rule ->> 'outcome');
  end loop;
end $$;

-- Writes the rules given; outcomes left out return to the default. They hold for calls that end from now on: whoever waits already
-- keeps the time that was promised. The caller holds the account's lock.
create function private.replace_retries(campaign_id uuid, account_id uuid, retries jsonb) returns void
language plpgsql set search_path = ''
as $$
begin
  perform private.check_retries(replace_retries.retries);
  delete from public.campaign_retries r where r.campaign_id = replace_retries.campaign_id;
  insert into public.campaign_retries (campaign_id, account_id, outcome, retries, delays_minutes, shifts_day_part)
  select replace_retries.campaign_id, replace_retries.account_id, x.outcome, x.retries, x.delays_minutes, x.shifts_day_part
  from jsonb_to_recordset(replace_retries.retries) as x (outcome public.call_outcome, retries int, delays_minutes int[], shifts_day_part boolean);
end $$;
