-- Whose turn it is to have what is too old deleted, whatever it is (retention.sql, text_retention.sql).

-- When the oldest thing was made that a rule is about; null: there is none.
create function private.oldest_kept(account_id uuid, kind text) returns timestamptz
language plpgsql stable set search_path = ''
as $$
begin
  return case oldest_kept.kind
    when 'recordings' then (select min(c.created_at) from public.calls c where c.account_id = oldest_kept.account_id and c.recording_state = 'stored')
    when 'transcripts' then (select min(t.created_at) from public.call_transcripts t where t.account_id = oldest_kept.account_id)
    else (select min(e.received_at) from engine.provider_events e where e.account_id = oldest_kept.account_id and e.body is not null) end;
end $$;

-- Whether a rule has something to do: only then its account is locked. What a provider alone has is asked about a day after the last time.
create function private.has_old(rule public.retention_rules, moment timestamptz) returns boolean
language plpgsql stable set search_path = ''
as $$
begin
  return coalesce(private.oldest_kept(rule.account_id, rule.kind) < moment - make_interval(days => rule.days), false)
    or (rule.kind = 'recordings' and exists (select from private.uncopied_recordings(rule.account_id, rule.days, moment)));
end $$;

-- Does a portion of what a rule says and answers how much. Its account is locked.
create function private.apply_rule(rule public.retention_rules, moment timestamptz) returns int
language plpgsql set search_path = ''
as $$
begin
  return case rule.kind
    when 'recordings' then private.order_deletions(rule.account_id, rule.days, moment)
    when 'transcripts' then private.delete_transcripts(rule.account_id, moment - make_interval(days => rule.days), jsonb_build_object('rule', 'retention', 'days', rule.days))
    else private.delete_event_bodies(rule.account_id, rule.days, moment) end;
end $$;

-- Each minute, whatever the rule is about: those that are due, the longest overdue first, until a second has passed or five thousand things
-- are gone. Most have nothing to do and cost a look along an index; where something is old, the account is locked, and one that somebody works
-- on has its turn a minute later. A rule that somebody changes keeps the time that the change gave it.
create function private.sweep_retention(moment timestamptz) returns void
language plpgsql set search_path = ''
as $$
declare
  began timestamptz := private.now();
  room int := 5000;
  gone int;
  rule public.retention_rules;
begin
  for rule in
    select r.* from public.retention_rules r where r.days is not null and r.next_at <= moment order by r.next_at, r.account_id, r.kind limit 5000
  loop
    perform from public.retention_rules r
    where r.account_id = rule.account_id and r.kind = rule.kind and r.days = rule.days and r.next_at = rule.next_at for update skip locked;
    continue when not found;
    gone := 0;
    if private.has_old(rule, moment) then
      perform from engine.accounts a where a.account_id = rule.account_id for update skip locked;
      continue when not found;
      gone := private.apply_rule(rule, moment);
    end if;
    update public.retention_rules r
    set next_at = case when gone >= 200 then moment else greatest(moment + interval '1 minute', least(moment + interval '1 day',
      make_interval(days => rule.days) + coalesce(private.oldest_kept(rule.account_id, rule.kind), moment))) end
    where r.account_id = rule.account_id and r.kind = rule.kind;
    room := room - gone;
    exit when room <= 0 or private.now() > began + interval '1 second';
  end loop;
end $$;
