-- What a save changes: settings as they are kept, compared with those before, and refused where the campaign's state forbids it.

-- Rules for all four outcomes, in order; those left out are the defaults.
create function private.normal_retries(retries jsonb) returns jsonb
language plpgsql stable set search_path = ''
as $$
begin
  perform private.check_retries(normal_retries.retries);
  return (
    select jsonb_agg(jsonb_build_object('outcome', d.outcome, 'retries', coalesce((g.rule -> 'retries')::int, d.retries),
      'delays_minutes', coalesce(g.rule -> 'delays_minutes', to_jsonb(d.delays_minutes)),
      'shifts_day_part', coalesce((g.rule -> 'shifts_day_part')::boolean, d.shifts_day_part)) order by d.outcome)
    from private.default_retries() d
    left join jsonb_array_elements(normal_retries.retries) g (rule) on g.rule ->> 'outcome' = d.outcome::text);
end $$;

-- Settings as they are kept, so that the same wish in other words is no change: trimmed texts, sorted windows, local times.
create function private.normal_settings(content jsonb, zone text) returns jsonb
language plpgsql stable set search_path = ''
as $$
declare
  own_zone text := coalesce(content ->> 'time_zone', zone);
  normal jsonb := content;
  field text;
begin
  foreach field in array array['name', 'description', 'category', 'prompt'] loop
    if normal ? field then
      normal := normal || jsonb_build_object(field, coalesce(private.clean_text(normal ->> field), ''));
    end if;
  end loop;
  foreach field in array array['voice_id', 'language'] loop
    if normal ->> field = '' then
      normal := normal || jsonb_build_object(field, null);
    end if;
  end loop;
  foreach field in array array['starts_at', 'ends_at'] loop
    if private.is_time_zone(own_zone) and private.chosen_instant(normal ->> field, own_zone) is not null then
      normal := normal || jsonb_build_object(field, private.local_text(private.chosen_instant(normal ->> field, own_zone), own_zone));
    end if;
  end loop;
  if jsonb_typeof(normal -> 'windows') = 'array' then
    normal := normal || jsonb_build_object('windows', (select coalesce(jsonb_agg(w order by w -> 'weekday', w ->> 'opens_at'), '[]')
      from jsonb_array_elements(normal -> 'windows') w));
  end if;
  if normal ? 'retries' then
    normal := normal || jsonb_build_object('retries', private.normal_retries(normal -> 'retries'));
  end if;
  if jsonb_typeof(normal -> 'blackout_dates') = 'array' then
    normal := normal || jsonb_build_object('blackout_dates', (select coalesce(jsonb_agg(
      d || case when jsonb_typeof(d) = 'object' then jsonb_build_object('name', coalesce(private.clean_text(d ->> 'name'), '')) else '{}' end
      order by d ->> 'day'), '[]') from jsonb_array_elements(normal -> 'blackout_dates') d));
  end if;
  return normal;
end $$;

-- Which settings the content changes. Start and end are local times: where they are said together with another zone they change.
create function private.changed_settings(before jsonb, settings jsonb, content jsonb) returns text[]
language sql immutable set search_path = ''
return (select coalesce(array_agg(n.name order by n.name), '{}') from unnest(private.editable_settings('draft')) n (name)
  where settings -> n.name is distinct from before -> n.name
    or n.name in ('starts_at', 'ends_at') and content ->> n.name is not null and settings ->> 'time_zone' <> before ->> 'time_zone');

-- Refuses changes that the campaign's state does not allow, all of them named.
create function private.require_editable(campaign public.campaigns, changed text[]) returns void
language plpgsql set search_path = ''
as $$
declare
  refused text[] := array(select unnest(changed) except select unnest(private.editable_settings(campaign.status)) order by 1);
begin
  if cardinality(refused) > 0 then
    perform private.raise_error('conflict', format('This campaign is %s: %s cannot change now.', campaign.status, array_to_string(refused, ', ')),
      jsonb_build_object('status', campaign.status, 'fields', refused),
      case campaign.status when 'active' then 'Pause the campaign first.' else 'Duplicate the campaign instead.' end);
  end if;
end $$;
