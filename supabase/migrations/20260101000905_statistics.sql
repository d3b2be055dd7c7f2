-- Statistics of settled calls, kept by the transaction that settles them, so that pages never count calls one by one. A call is
-- counted where the account's clock stood at its dial (calls.account_dialled_at); every number on a page is a sum of these rows.

create table public.daily_stats (
  id bigint generated always as identity primary key,
  account_id uuid not null references public.accounts on delete cascade,
  day date not null,
  campaign_id uuid references public.campaigns on delete cascade,
  assistant_version_id uuid not null references public.assistant_versions,
  outcome public.call_outcome not null,
  calls_count int not null default 0,
  -- calls by what the conversation meant; the rest have no disposition
  positive_count int not null default 0,
  neutral_count int not null default 0,
  negative_count int not null default 0,
  talk_seconds bigint not null default 0,
  billed_seconds bigint not null default 0,
  price_micros bigint not null default 0,
  constraint one_row_per_day_and_outcome unique nulls not distinct (account_id, day, campaign_id, assistant_version_id, outcome)
);
create index daily_stats_by_campaign on public.daily_stats (campaign_id);
create index daily_stats_by_assistant_version on public.daily_stats (assistant_version_id);

-- The same calls by the hour of the account's clock, for charts over a day or two.
create table public.hourly_stats (
  id bigint generated always as identity primary key,
  account_id uuid not null references public.accounts on delete cascade,
  day date not null,
  hour smallint not null constraint hour_is_of_a_day check (hour between 0 and 23),
  campaign_id uuid references public.campaigns on delete cascade,
  calls_count int not null default 0,
  answered_count int not null default 0,
  positive_count int not null default 0,
  billed_seconds bigint not null default 0,
  constraint one_row_per_hour unique nulls not distinct (account_id, day, campaign_id, hour)
);
create index hourly_stats_by_campaign on public.hourly_stats (campaign_id);

-- Those of campaigns by the hour of the contact's week, for the hours in which people answer. Apart from the account's hours: together they
-- would be a row for each hour in each zone of its people, and a report of a year reads all of them.
create table public.contact_hour_stats (
  id bigint generated always as identity primary key,
  account_id uuid not null references public.accounts on delete cascade,
  day date not null,
  campaign_id uuid not null references public.campaigns on delete cascade,
  weekday smallint not null constraint weekday_is_iso check (weekday between 1 and 7),
  hour smallint not null constraint contact_hour_is_of_a_day check (hour between 0 and 23),
  calls_count int not null default 0,
  answered_count int not null default 0,
  positive_count int not null default 0,
  constraint one_row_per_contact_hour unique (account_id, day, campaign_id, weekday, hour)
);
create index contact_hour_stats_by_campaign on public.contact_hour_stats (campaign_id);

-- Not price_micros: whoever counts calls need not see what they cost.
grant select (id, account_id, day, campaign_id, assistant_version_id, outcome, calls_count, positive_count, neutral_count, negative_count, talk_seconds,
  billed_seconds) on public.daily_stats to authenticated;
grant select on public.hourly_stats, public.contact_hour_stats to authenticated;
grant select on public.daily_stats, public.hourly_stats, public.contact_hour_stats to service_role;
alter table public.daily_stats enable row level security;
alter table public.hourly_stats enable row level security;
alter table public.contact_hour_stats enable row level security;
create policy "Members can view the statistics of their account" on public.daily_stats for select to authenticated
  using (account_id = any(array(select private.account_ids('calls.read'))));
create policy "Members can view the hours of their account" on public.hourly_stats for select to authenticated
  using (account_id = any(array(select private.account_ids('calls.read'))));
create policy "Members can view the hours of their account's contacts" on public.contact_hour_stats for select to authenticated
  using (account_id = any(array(select private.account_ids('calls.read'))));

-- What a success is: the conversation ended as the account hoped. One meaning, wherever successes are counted or shown.
create function private.is_positive(disposition public.call_disposition) returns boolean
language sql immutable set search_path = ''
return is_positive.disposition is not distinct from 'interested';
grant execute on function private.is_positive(public.call_disposition) to authenticated, service_role;

-- What each of the platform's words means; the model of dispositions in TypeScript knows the same. Null: nobody has said.
create function private.meaning_of(disposition public.call_disposition) returns public.disposition_meaning
language plpgsql immutable set search_path = ''
as $$
begin
  return case when meaning_of.disposition is null then null when private.is_positive(meaning_of.disposition) then 'positive'
    when meaning_of.disposition in ('not_interested', 'do_not_call', 'wrong_number') then 'negative' else 'neutral' end::public.disposition_meaning;
end $$;

-- Adds calls that were settled now. Called once per call, by close_calls under the account's lock. Test calls count without a campaign, for
-- what was spent: whoever counts calls to people asks for those of campaigns.
create function private.roll_up(call_ids uuid[]) returns void
language plpgsql set search_path = ''
as $$
begin
  insert into public.daily_stats as d (account_id, day, campaign_id, assistant_version_id, outcome, calls_count, positive_count, neutral_count, negative_count,
    talk_seconds, billed_seconds, price_micros)
  select c.account_id, c.account_dialled_at::date, c.campaign_id, c.assistant_version_id, c.outcome, count(*), count(*) filter (where m.meaning = 'positive'),
    count(*) filter (where m.meaning = 'neutral'), count(*) filter (where m.meaning = 'negative'), sum(c.talk_seconds), sum(c.billed_seconds), sum(coalesce(c.price_micros, 0))
  from public.calls c cross join lateral (select private.meaning_of(c.disposition) as meaning offset 0) m
  where c.id = any(call_ids) and c.state = 'settled' and c.dialled_at is not null and c.kind <> 'verification'
  group by 1, 2, 3, 4, 5
  order by 2, 3, 4, 5
  on conflict on constraint one_row_per_day_and_outcome do update
  set calls_count = d.calls_count + excluded.calls_count, positive_count = d.positive_count + excluded.positive_count,
    neutral_count = d.neutral_count + excluded.neutral_count, negative_count = d.negative_count + excluded.negative_count,
    talk_seconds = d.talk_seconds + excluded.talk_seconds, billed_seconds = d.billed_seconds + excluded.billed_seconds,
    price_micros = d.price_micros + excluded.price_micros;
  with hours as materialized (
    select c.account_id, c.account_dialled_at::date as day, extract(hour from c.account_dialled_at)::smallint as hour, c.campaign_id,
      extract(isodow from t.local)::smallint as contact_weekday, extract(hour from t.local)::smallint as contact_hour, count(*) as calls_count, count(*) filter (where c.outcome = 'answered') as answered_count,
      count(*) filter (where private.is_positive(c.disposition)) as positive_count, sum(c.billed_seconds) as billed_seconds
    from public.calls c cross join lateral (select coalesce(c.local_dialled_at, c.account_dialled_at) as local) t
    where c.id = any(call_ids) and c.state = 'settled' and c.dialled_at is not null and c.kind <> 'verification'
    group by 1, 2, 3, 4, 5, 6
  ), counted_hours as (
    insert into public.hourly_stats as h (account_id, day, hour, campaign_id, calls_count, answered_count, positive_count, billed_seconds)
    select n.account_id, n.day, n.hour, n.campaign_id, sum(n.calls_count), sum(n.answered_count), sum(n.positive_count), sum(n.billed_seconds) from hours n
    group by 1, 2, 3, 4
    order by 2, 3, 4
    on conflict on constraint one_row_per_hour do update
    set calls_count = h.calls_count + excluded.calls_count, answered_count = h.answered_count + excluded.answered_count,
      positive_count = h.positive_count + excluded.positive_count, billed_seconds = h.billed_seconds + excluded.billed_seconds
  )
  insert into public.contact_hour_stats as w (account_id, day, campaign_id, weekday, hour, calls_count, answered_count, positive_count)
  select n.account_id, n.day, n.campaign_id, n.contact_weekday, n.contact_hour, sum(n.calls_count), sum(n.answered_count), sum(n.positive_count) from hours n
  where n.campaign_id is not null
  group by 1, 2, 3, 4, 5
  order by 2, 3, 4, 5
  on conflict on constraint one_row_per_contact_hour do update
  set calls_count = w.calls_count + excluded.calls_count, answered_count = w.answered_count + excluded.answered_count,
    positive_count = w.positive_count + excluded.positive_count;
end $$;

-- A disposition may come or change after the settlement: the sums follow. A trigger, because several commands write dispositions and none
-- may forget it. All of them hold the account's lock.
create function private.roll_up_disposition() returns trigger
language plpgsql set search_path = ''
as $$
declare
  was public.disposition_meaning := private.meaning_of(old.disposition);
  meaning public.disposition_meaning := private.meaning_of(new.disposition);
  gained int := (meaning is not distinct from 'positive')::int - (was is not distinct from 'positive')::int;
  contact_clock timestamp := coalesce(new.local_dialled_at, new.account_dialled_at);
begin
  update public.daily_stats d set positive_count = d.positive_count + gained,
    neutral_count = d.neutral_count + (meaning is not distinct from 'neutral')::int - (was is not distinct from 'neutral')::int,
    negative_count = d.negative_count + (meaning is not distinct from 'negative')::int - (was is not distinct from 'negative')::int
  where d.account_id = new.account_id and d.day = new.account_dialled_at::date and d.campaign_id is not distinct from new.campaign_id
    and d.assistant_version_id = new.assistant_version_id and d.outcome = new.outcome;
  update public.hourly_stats h set positive_count = h.positive_count + gained
  where gained <> 0 and h.account_id = new.account_id and h.day = new.account_dialled_at::date and h.hour = extract(hour from new.account_dialled_at)
    and h.campaign_id is not distinct from new.campaign_id;
  update public.contact_hour_stats w set positive_count = w.positive_count + gained
  where gained <> 0 and w.account_id = new.account_id and w.day = new.account_dialled_at::date and w.campaign_id = new.campaign_id
    and w.weekday = extract(isodow from contact_clock) and w.hour = extract(hour from contact_clock);
  return null;
end $$;
create trigger calls_roll_up_disposition after update of disposition on public.calls for each row
  when (old.state = 'settled' and new.state = 'settled' and new.dialled_at is not null and private.meaning_of(old.disposition) is distinct from private.meaning_of(new.disposition))
  execute function private.roll_up_disposition();
