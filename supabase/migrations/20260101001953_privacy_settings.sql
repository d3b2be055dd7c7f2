-- What an account decides about recordings, transcripts and events and how long they are kept, as its settings page shows it.

-- Rules in force that forbid recording somewhere, whatever anybody wants: [{name, regions, citation}].
create function private.recording_bans(moment timestamptz) returns jsonb
language sql stable set search_path = ''
as $$
  select coalesce(jsonb_agg(jsonb_build_object('name', p.name, 'regions', p.regions, 'citation', r.citation) order by p.name, r.id), '[]')
  from public.rules r join public.rule_packs p on p.id = r.pack_id and p.is_on
  where r.kind = 'recording' and r.is_on and r.value ->> 'consent' = 'forbidden' and r.effective_from <= moment::date
    and (r.effective_until is null or r.effective_until > moment::date)
$$;

-- What the account set, in the shape in which save_privacy takes it back.
create function private.privacy_settings(account_id uuid) returns jsonb
language sql stable set search_path = ''
as $$
  select jsonb_build_object('records_calls', a.records_calls) || (
    select jsonb_object_agg(rtrim(r.kind, 's') || '_days', r.days) from public.retention_rules r where r.account_id = a.account_id)
  from public.account_rules a where a.account_id = privacy_settings.account_id
$$;

-- For every member: what the account set, where rules forbid recording, how many recordings past their time are still
-- to be deleted, and how many deletions were given up (of both, a thousand are as good as more).
create function private.get_privacy(account_id uuid) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
declare
  settings jsonb;
  moment timestamptz := private.now();
begin
  -- Definer: whether a recording is past its time is the same for everybody, whatever calls they see.
  perform private.require_permission(get_privacy.account_id, 'account.read');
  settings := private.privacy_settings(get_privacy.account_id);
  return settings || jsonb_build_object('is_hipaa', (select a.is_hipaa from public.accounts a where a.id = get_privacy.account_id), 'recording_bans', private.recording_bans(moment),
    'overdue_count', (select count(*) from (select from private.old_recordings(get_privacy.account_id, (settings ->> 'recording_days')::int, moment) c
      where not exists (select from engine.outbox o where o.kind = 'delete_recording' and o.dedupe_key = c.id::text and o.quarantined_at is not null) limit 1000) w),
    'failed_count', (select count(*) from (select from private.failed_deletions(get_privacy.account_id, moment) limit 1000) f));
end $$;
grant execute on function private.get_privacy(uuid) to authenticated;
create function public.get_privacy(account_id uuid) returns jsonb
language sql stable set search_path = ''
return private.get_privacy(get_privacy.account_id);
grant execute on function public.get_privacy(uuid) to authenticated;

-- How many recordings or transcripts a rule of so many days would delete now; asked before it is saved.
create function private.count_old(account_id uuid, kind text, days int) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
declare
  kept int := least(greatest(count_old.days, 1), 3650);
begin
  -- Definer: recordings of campaigns that the asker does not see would go, too.
  perform private.require_permission(count_old.account_id, 'account.manage');
  if not coalesce(count_old.kind in ('recordings', 'transcripts'), false) then
    perform private.raise_invalid('kind', 'unknown', 'Recordings and transcripts can be counted.');
  end if;
  return jsonb_build_object('count', case count_old.kind
    when 'recordings' then (select count(*) from private.old_recordings(count_old.account_id, kept, private.now()))
    else (select count(*) from public.call_transcripts t where t.account_id = count_old.account_id and t.created_at < private.now() - make_interval(days => kept)) end);
end $$;
grant execute on function private.count_old(uuid, text, int) to authenticated;
create function public.count_old(account_id uuid, kind text, days int) returns jsonb
language sql stable set search_path = ''
return private.count_old(count_old.account_id, count_old.kind, count_old.days);
grant execute on function public.count_old(uuid, text, int) to authenticated;

-- Changes what content names and leaves the rest. Recording is judged at every dial, so that calls which run are left alone; a shorter
-- time holds for what is there already, a longer one for what is not deleted yet. The same content again changes and logs nothing.
create function private.save_privacy(account_id uuid, content jsonb) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  before jsonb;
  after jsonb;
  is_hipaa boolean;
begin
  -- Definer: people have no write grant; the permission is checked here.
  perform private.require_permission(save_privacy.account_id, 'account.manage');
  if jsonb_typeof(content) is distinct from 'object' then
    perform private.raise_invalid('content', 'shape', 'The settings are not readable.');
  elsif jsonb_typeof(coalesce(content -> 'records_calls', 'true')) <> 'boolean' then
    perform private.raise_invalid('records_calls', 'shape', 'Say yes or no.');
  end if;
  perform private.lock_account(save_privacy.account_id);
  is_hipaa := (select a.is_hipaa from public.accounts a where a.id = save_privacy.account_id);
  perform private.check_count(content, 'recording_days', 1, case when is_hipaa then 30 else 3650 end, not is_hipaa);
  perform private.check_count(content, 'transcript_days', 1, case when is_hipaa then 30 else 3650 end, not is_hipaa);
  perform private.check_count(content, 'event_days', 1, 30);
  before := private.privacy_settings(save_privacy.account_id);
  update public.account_rules a set records_calls = (content ->> 'records_calls')::boolean
  where a.account_id = save_privacy.account_id and content ? 'records_calls';
  update public.retention_rules r set days = (content ->> (rtrim(r.kind, 's') || '_days'))::numeric::int, next_at = private.now()
  where r.account_id = save_privacy.account_id and content ? (rtrim(r.kind, 's') || '_days');
  perform private.withdraw_erasures(save_privacy.account_id, private.now());
  after := private.privacy_settings(save_privacy.account_id);
  if after <> before then
    perform private.log_activity(save_privacy.account_id, 'account.privacy_changed', 'account', save_privacy.account_id, private.changes_between(before, after));
  end if;
  return after;
end $$;
grant execute on function private.save_privacy(uuid, jsonb) to authenticated;
create function public.save_privacy(account_id uuid, content jsonb) returns jsonb
language sql set search_path = ''
return private.save_privacy(save_privacy.account_id, save_privacy.content);
grant execute on function public.save_privacy(uuid, jsonb) to authenticated;
