-- Who may be called as far as consent goes. Enrolment and every change of consent, zone, region or purpose judge whoever waits or
-- is blocked; the claim and begin_dial judge again, and their word is the last.

-- Of these contacts those who lack the record that the campaign's purpose needs where they are.
create function private.without_consent(campaign public.campaigns, contact_ids uuid[], moment timestamptz) returns setof uuid
language plpgsql stable set search_path = ''
as $$
begin
  if campaign.consent_override_at is not null then
    return;
  end if;
  return query
  with asked as (
    select p.id, p.region from public.contacts p where p.id = any(contact_ids)
  ), needs as materialized (
    select r.region, private.required_consent(r.region, campaign.purpose, moment) as basis from (select distinct a.region from asked a) r
  )
  select a.id from asked a join needs n on n.region = a.region
  where n.basis is not null and private.valid_consent(a.id, n.basis, campaign.purpose, moment) is null;
end $$;

-- Judges these contacts of one campaign anew: who lacks a zone or consent is blocked with that reason, out of the queue and, if the
-- call was only reserved, out of the line; who lacks nothing any more waits again, and a completed campaign goes on for them.
-- The caller holds the account's lock. Again changes nothing.
create function private.judge_enrolments(campaign public.campaigns, contact_ids uuid[]) returns void
language plpgsql set search_path = ''
as $$
declare
  moment timestamptz := private.now();
  lacking uuid[] := array(select private.without_consent(campaign, contact_ids, moment));
  entries jsonb;
begin
  perform private.void_reserved(campaign.account_id, array(
    select c.id from public.calls c
    where c.campaign_id = campaign.id and c.contact_id = any(lacking) and c.state = 'reserved' and c.settled_at is null order by c.id for update))
  where cardinality(lacking) > 0;
  with judged as (
    select e.id, e.status, case when p.time_zone is null then 'time_zone_unknown'::public.block_reason when l.id is not null then 'no_consent' end as reason
    from public.enrolments e
    join public.contacts p on p.id = e.contact_id
    left join unnest(lacking) l (id) on l.id = e.contact_id
    where e.campaign_id = campaign.id and e.contact_id = any(contact_ids)
      and (e.status = 'waiting' or e.status = 'blocked' and e.reason in ('time_zone_unknown', 'no_consent'))
  ), unqueued as (
    delete from engine.dial_queue q using judged j where q.enrolment_id = j.id and j.reason is not null
  ), changed as (
    update public.enrolments e set status = case when j.reason is null then 'waiting'::public.enrolment_status else 'blocked' end, reason = j.reason
    from judged j where e.id = j.id and (j.status = 'waiting') <> (j.reason is null) or e.id = j.id and j.reason is distinct from e.reason
    returning e.*
  )
  select coalesce(jsonb_agg(private.next_entry(e, moment)), '[]') into entries from changed e where e.status = 'waiting';
  perform private.reopen_campaign(campaign, entries <> '[]');
  perform private.enqueue(campaign.account_id, campaign.id, entries);
  perform private.complete_finished_campaigns(array[campaign.id]);
end $$;

-- Where somebody who waits again belongs in the queue: at the time they asked for, after what their last attempt prescribes, or
-- with those who were never tried.
create function private.next_entry(enrolment public.enrolments, moment timestamptz) returns jsonb
language plpgsql stable set search_path = ''
as $$
declare
  last_call public.calls;
begin
  if enrolment.attempts > 0 then
    select * into last_call from public.calls c
    where c.enrolment_id = enrolment.id and c.settled_at is not null and c.is_counted order by c.attempt_no desc limit 1;
  end if;
  return jsonb_build_object('enrolment_id', enrolment.id, 'attempt_no', enrolment.attempts + 1,
    'rank', case when enrolment.callback_at is not null then 0 when last_call.id is not null then 1 else 2 end,
    'due_at', case when enrolment.callback_at is not null then enrolment.callback_at
      when last_call.id is not null then coalesce((select r.retry_at from private.retry_times(array[last_call.id], last_call.settled_at) r), moment)
      else (select h.due_at from engine.campaigns h where h.campaign_id = enrolment.campaign_id) end);
end $$;

-- The same for contacts in every campaign that is not over for good. Called when their consent, zone or region changed.
create function private.judge_contacts(account_id uuid, contact_ids uuid[]) returns void
language plpgsql set search_path = ''
as $$
declare
  campaign public.campaigns;
begin
  for campaign in
    select k.* from public.campaigns k
    where k.account_id = judge_contacts.account_id and k.status not in ('stopped', 'archived')
      and k.id = any(array(select distinct e.campaign_id from public.enrolments e where e.contact_id = any(judge_contacts.contact_ids)))
    order by k.id
  loop
    perform private.judge_enrolments(campaign, judge_contacts.contact_ids);
  end loop;
end $$;

-- Judges everybody in a campaign anew, after its purpose or the override changed: two thousand at once, so that nobody
-- waits long for the account, the others by the tick.
create function private.judge_campaign(campaign_id uuid) returns void
language plpgsql set search_path = ''
as $$
begin
  update engine.campaigns h set judge_from = 0 where h.campaign_id = judge_campaign.campaign_id;
  perform private.judge_onwards(judge_campaign.campaign_id);
end $$;

-- The next two thousand of a campaign that is being judged, under the account's lock.
create function private.judge_onwards(campaign_id uuid) returns void
language plpgsql set search_path = ''
as $$
declare
  campaign public.campaigns;
  page record;
begin
  for portion in 1..2 loop
    select array_agg(e.contact_id) as contact_ids, max(e.position) as last, count(*) as n into page
    from (
      select f.contact_id, f.position from public.enrolments f
      where f.campaign_id = judge_onwards.campaign_id
        and f.position > (select h.judge_from from engine.campaigns h where h.campaign_id = judge_onwards.campaign_id)
      order by f.position limit 1000
    ) e;
    update engine.campaigns h set judge_from = case when page.n = 1000 then page.last end where h.campaign_id = judge_onwards.campaign_id;
    exit when page.n = 0;
    campaign := (select k from public.campaigns k where k.id = judge_onwards.campaign_id);
    perform private.judge_enrolments(campaign, page.contact_ids);
    exit when page.n < 1000;
  end loop;
end $$;

-- Each tick: three campaigns that are still being judged or ordered go on; a busy account has its turn two seconds later.
create function private.sweep_portions() returns void
language plpgsql set search_path = ''
as $$
declare
  due record;
begin
  for due in
    select h.campaign_id, h.judge_from, h.order_from from engine.campaigns h join engine.accounts a on a.account_id = h.account_id
    where h.judge_from is not null or h.order_from is not null order by h.campaign_id limit 3 for update of a skip locked
  loop
    if due.judge_from is not null then
      perform private.judge_onwards(due.campaign_id);
    end if;
    if due.order_from is not null then
      perform private.order_onwards(due.campaign_id);
    end if;
  end loop;
end $$;

-- A consent rule that begins, changes or ends is a new question to everybody: their campaigns are judged anew by the tick.
create function private.judge_after_rule_change() returns trigger
language plpgsql set search_path = ''
as $$
begin
  update engine.campaigns h set judge_from = 0
  from public.campaigns k
  where k.id = h.campaign_id and k.status not in ('stopped', 'archived') and (h.waiting_count > 0 or h.blocked_count > 0);
  return null;
end $$;
create trigger rules_judge_inserted after insert on public.rules for each row when (new.kind = 'consent')
  execute function private.judge_after_rule_change();
create trigger rules_judge_changed after update on public.rules for each row when (new.kind = 'consent' or old.kind = 'consent')
  execute function private.judge_after_rule_change();
create trigger rules_judge_deleted after delete on public.rules for each row when (old.kind = 'consent')
  execute function private.judge_after_rule_change();
