-- What a person can set on a campaign: what it is, what of it may change in which state, and what is refused.

-- Declared once: save_campaign refuses what is not in here and the page disables it. Drafts change freely; what runs keeps whom it
-- calls with, what for and what it finds out, so that its figures mean one thing; what is over keeps everything but its name.
create function private.editable_settings(status public.campaign_status) returns text[]
language sql immutable set search_path = ''
return (select coalesce(array_agg(s.setting order by s.place), '{}') from (values
  (1, 'name', '{draft,scheduled,active,paused,completed}'), (2, 'description', '{draft,scheduled,active,paused,completed}'),
  (3, 'assistant_id', '{draft,scheduled}'), (4, 'purpose', '{draft,scheduled,paused}'), (5, 'priority', '{draft,scheduled,active,paused}'),
  (6, 'time_zone', '{draft,scheduled,paused}'), (7, 'max_attempts', '{draft,scheduled,active,paused}'),
  (8, 'windows', '{draft,scheduled,active,paused}'), (9, 'blackout_dates', '{draft,scheduled,active,paused}'),
  (10, 'starts_at', '{draft,scheduled,paused}'), (11, 'ends_at', '{draft,scheduled,active,paused}'),
  (12, 'retries', '{draft,scheduled,active,paused}'), (13, 'concurrency_max', '{draft,scheduled,active,paused}'),
  (14, 'daily_cap', '{draft,scheduled,active,paused}'), (15, 'budget_seconds', '{draft,scheduled,active,paused}'),
  (16, 'failure_limit_percent', '{draft,scheduled,active,paused}'), (17, 'opt_out_limit_percent', '{draft,scheduled,active,paused}'),
  (18, 'category', '{draft,scheduled,active,paused,completed}'), (19, 'prompt', '{draft,scheduled,paused}'),
  (20, 'voice_id', '{draft,scheduled,paused}'), (21, 'language', '{draft,scheduled,paused}'), (22, 'record_calls', '{draft,scheduled,paused}'),
  (23, 'qualification', '{draft,scheduled}'), (24, 'call_order', '{draft,scheduled,active,paused}'),
  (25, 'uses_preferred_assistants', '{draft,scheduled,paused}')
) s (place, setting, statuses) where editable_settings.status = any(s.statuses::public.campaign_status[]));

-- A time a person chose: "2026-03-01T09:00" is meant in the given zone, with Z or an offset it is an instant. Null for anything
-- that is no time, so that the caller can name the field.
create function private.chosen_instant(value text, zone text) returns timestamptz
language plpgsql stable set search_path = ''
as $$
begin
  if chosen_instant.value ~ '^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,6})?)?$' then
    return chosen_instant.value::timestamp at time zone chosen_instant.zone;
  elsif chosen_instant.value ~ '^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,6})?)?(Z|[+-]\d\d:\d\d)$' then
    return chosen_instant.value::timestamptz;
  end if;
  return null;
exception when datetime_field_overflow or invalid_datetime_format or invalid_time_zone_displacement_value then
  return null;
end $$;

-- An instant as the campaign's people write it: local, to the minute.
create function private.local_text(value timestamptz, zone text) returns text
language sql immutable set search_path = ''
return to_char(local_text.value at time zone local_text.zone, 'YYYY-MM-DD"T"HH24:MI');

create function private.windows_of(campaign_id uuid) returns jsonb
language sql stable set search_path = ''
as $$
  select coalesce(jsonb_agg(jsonb_build_object('weekday', w.weekday, 'opens_at', to_char(w.opens_at, 'HH24:MI'),
    'closes_at', case when w.closes_at = '24:00' then '24:00' else to_char(w.closes_at, 'HH24:MI') end) order by w.weekday, w.opens_at), '[]')
  from public.campaign_windows w where w.campaign_id = windows_of.campaign_id
$$;

create function private.blackouts_of(campaign_id uuid) returns jsonb
language sql stable set search_path = ''
as $$
  select coalesce(jsonb_agg(jsonb_build_object('day', b.day, 'name', b.name) order by b.day), '[]')
  from public.blackout_dates b where b.campaign_id = blackouts_of.campaign_id
$$;

-- All settings of a campaign, in the shape in which save_campaign takes them back.
create function private.settings_of(campaign public.campaigns) returns jsonb
language sql stable set search_path = ''
as $$
  select jsonb_build_object('name', campaign.name, 'description', campaign.description, 'assistant_id', campaign.assistant_id,
    'purpose', campaign.purpose, 'priority', campaign.priority, 'time_zone', campaign.time_zone, 'max_attempts', campaign.max_attempts,
    'windows', private.windows_of(campaign.id), 'blackout_dates', private.blackouts_of(campaign.id),
    'retries', private.retries_of(campaign.id),
    'starts_at', private.local_text(campaign.starts_at, campaign.time_zone), 'ends_at', private.local_text(campaign.ends_at, campaign.time_zone),
    'concurrency_max', h.concurrency_max, 'daily_cap', h.daily_cap, 'budget_seconds', h.budget_seconds,
    'failure_limit_percent', campaign.failure_limit_percent, 'opt_out_limit_percent', campaign.opt_out_limit_percent)
    || private.overrides_of(campaign)
  from engine.campaigns h where h.campaign_id = campaign.id
$$;

-- Calling times: a day, an opening, a closing; a closing at or before the opening is on the next day, 24:00 is the day's end.
create function private.check_windows(windows jsonb) returns void
language plpgsql immutable set search_path = ''
as $$
declare
  has_overlap boolean;
begin
  if jsonb_typeof(windows) is distinct from 'array' or jsonb_array_length(windows) > 50
    or exists (select from jsonb_array_elements(windows) w where jsonb_typeof(w) <> 'object') then
    perform private.raise_invalid('windows', 'shape', 'The calling times are not readable.');
  elsif exists (select from jsonb_array_elements(windows) w where coalesce(w ->> 'weekday', '') !~ '^[1-7]$'
    or coalesce(w ->> 'opens_at', '') !~ '^([01][0-9]|2[0-3]):[0-5][0-9]$' or coalesce(w ->> 'closes_at', '') !~ '^(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$'
    or w ->> 'opens_at' = w ->> 'closes_at') then
    perform private.raise_invalid('windows', 'range', 'Each calling time needs a day and must end at another time than it begins.');
  end if;
  -- In minutes of a week that bites its tail: Sunday 22:00–02:00 reaches into Monday.
  with spans as (
    select w.place, w.weekday * 1440 + w.opens as opens, w.weekday * 1440 + w.closes + case when w.closes <= w.opens then 1440 else 0 end as closes
    from (
      select e.place, (e.value ->> 'weekday')::int as weekday, extract(epoch from (e.value ->> 'opens_at')::time)::int / 60 as opens,
        extract(epoch from (e.value ->> 'closes_at')::time)::int / 60 as closes
      from jsonb_array_elements(windows) with ordinality e (value, place)
    ) w
  )
  select exists (
    select from spans one join spans other on one.place < other.place
    cross join (values (-10080), (0), (10080)) week (shift)
    where one.opens < other.closes + week.shift and other.opens + week.shift < one.closes
  ) into has_overlap;
  if has_overlap then
    perform private.raise_invalid('windows', 'overlap', 'Two calling times overlap. Shorten one of them, or make them one.');
  end if;
end $$;

-- Days on which nobody is called, in the contact's calendar, each with a name if somebody gave one.
create function private.check_blackouts(days jsonb) returns void
language plpgsql stable set search_path = ''
as $$
begin
  if jsonb_typeof(days) is distinct from 'array' or jsonb_array_length(days) > 366
    or exists (select from jsonb_array_elements(days) d where jsonb_typeof(d) <> 'object' or jsonb_typeof(coalesce(d -> 'name', '""')) <> 'string'
      or char_length(d ->> 'name') > 120 or private.chosen_instant((d ->> 'day') || 'T12:00', 'UTC') is null) then
    perform private.raise_invalid('blackout_dates', 'shape', 'Choose days of the calendar, at most 366, with names of at most 120 characters.');
  elsif jsonb_array_length(days) > (select count(distinct d ->> 'day') from jsonb_array_elements(days) d) then
    perform private.raise_invalid('blackout_dates', 'twice', 'A day is in the list twice.');
  end if;
end $$;

-- Whole numbers within their range; null means "no limit" where that is allowed.
create function private.check_limits(content jsonb) returns void
language plpgsql immutable set search_path = ''
as $$
declare
  field record;
begin
  for field in
    select * from (values ('max_attempts', 1, 10, false, 'Try each contact between 1 and 10 times.'),
      ('concurrency_max', 1, 1000, true, 'Call between 1 and 1,000 people at once.'), ('daily_cap', 1, 1000000, true, 'Make between 1 and 1,000,000 calls a day.'),
      ('budget_seconds', 60, 60000000, true, 'The budget is between one minute and a million minutes.'),
      ('failure_limit_percent', 1, 100, false, 'Choose a share between 1 and 100 %.'),
      ('opt_out_limit_percent', 1, 100, false, 'Choose a share between 1 and 100 %.')) f (name, least, most, is_optional, message)
  loop
    if content ->> field.name is null and field.is_optional then
      continue;
    elsif jsonb_typeof(content -> field.name) is distinct from 'number' or content ->> field.name !~ '^\d{1,9}$'
      or (content ->> field.name)::bigint not between field.least and field.most then
      perform private.raise_invalid(field.name, 'range', field.message);
    end if;
  end loop;
end $$;

-- Start and end are local times of the campaign's zone; either may be missing.
create function private.check_dates(content jsonb) returns void
language plpgsql stable set search_path = ''
as $$
declare
  begins timestamptz := private.chosen_instant(content ->> 'starts_at', content ->> 'time_zone');
  ends timestamptz := private.chosen_instant(content ->> 'ends_at', content ->> 'time_zone');
begin
  if content ->> 'starts_at' is not null and begins is null then
    perform private.raise_invalid('starts_at', 'shape', 'Choose a day and a time.');
  elsif content ->> 'ends_at' is not null and ends is null then
    perform private.raise_invalid('ends_at', 'shape', 'Choose a day and a time.');
  elsif ends <= begins then
    perform private.raise_invalid('ends_at', 'order', 'The campaign must end after it begins.');
  end if;
end $$;

-- All settings together, as they would be saved; the first fault is told with its field.
create function private.check_campaign(account_id uuid, content jsonb, changed text[]) returns void
language plpgsql stable set search_path = ''
as $$
begin
  if char_length(coalesce(private.clean_text(content ->> 'name'), '')) not between 1 and 120 then
    perform private.raise_invalid('name', 'length', 'Write a name of at most 120 characters.');
  elsif char_length(coalesce(content ->> 'description', '')) > 2000 then
    perform private.raise_invalid('description', 'length', 'Write at most 2,000 characters.');
  elsif content ->> 'assistant_id' is not null and not exists (select from public.assistants s
    where s.id = private.as_uuid(content ->> 'assistant_id') and s.account_id = check_campaign.account_id
      and (not 'assistant_id' = any(changed) or (s.archived_at is null and exists (select from public.assistant_versions v where v.assistant_id = s.id and v.version is not null)))) then
    perform private.raise_invalid('assistant_id', 'unknown', 'Choose one of your published assistants.');
  elsif not coalesce(content ->> 'purpose', '') = any(enum_range(null::public.campaign_purpose)::text[]) then
    perform private.raise_invalid('purpose', 'unknown', 'Choose what the campaign is for.');
  elsif not coalesce(content ->> 'priority', '') = any(enum_range(null::public.campaign_priority)::text[]) then
    perform private.raise_invalid('priority', 'unknown', 'Choose low, normal or high.');
  elsif not private.is_time_zone(coalesce(content ->> 'time_zone', '')) then
    perform private.raise_invalid('time_zone', 'unknown', 'Choose a time zone such as America/New_York.');
  end if;
  perform private.check_overrides(content, changed);
  perform private.check_limits(content);
  perform private.check_windows(content -> 'windows');
  perform private.check_blackouts(content -> 'blackout_dates');
  perform private.check_dates(content);
end $$;

-- Refuses what is no object and names settings that do not exist: a misspelt limit must not be lost in silence.
create function private.check_names(content jsonb) returns void
language plpgsql immutable set search_path = ''
as $$
declare
  stranger text;
begin
  if jsonb_typeof(content) is distinct from 'object' then
    perform private.raise_invalid('content', 'shape', 'content must be an object of settings.');
  end if;
  select n.name into stranger from jsonb_object_keys(content) n (name) where not n.name = any(private.editable_settings('draft')) limit 1;
  if stranger is not null then
    perform private.raise_invalid(stranger, 'unknown', 'A campaign has no such setting.');
  end if;
end $$;
