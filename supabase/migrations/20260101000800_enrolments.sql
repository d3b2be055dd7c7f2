-- A contact in a campaign (what people see) and the queue of attempts that wait (what the dialler reads).

create table public.enrolments (
  id uuid primary key default gen_random_uuid(),
  account_id uuid not null references public.accounts on delete cascade,
  campaign_id uuid not null references public.campaigns on delete cascade,
  contact_id uuid not null references public.contacts on delete cascade,
  status public.enrolment_status not null default 'waiting',
  -- attempts that counted; a call refused for our own reasons does not
  attempts int not null default 0,
  outcome public.call_outcome,
  reason public.block_reason,
  -- the provider's words when it refused, shown to people
  reason_detail text,
  -- when the call is due that the person asked for (public.callbacks says who asked); kept until it was made
  callback_at timestamptz constraint only_who_is_called_is_called_back check (callback_at is null or status in ('waiting', 'calling')),
  -- in which order they were brought in; the queue may have another
  position bigint not null,
  -- of the contact's own assistant, as it was published then; used where the campaign says so
  preferred_version_id uuid references public.assistant_versions,
  created_at timestamptz not null default private.now(),
  updated_at timestamptz not null default private.now(),
  constraint a_contact_is_enrolled_once unique (campaign_id, contact_id),
  constraint a_block_has_a_reason check (status <> 'blocked' or reason is not null)
);
create index enrolments_by_position on public.enrolments (campaign_id, position);
create index enrolments_by_status on public.enrolments (campaign_id, status, position);
-- who waits for a consent record
create index enrolments_without_consent on public.enrolments (campaign_id) where status = 'blocked' and reason = 'no_consent';
create index enrolments_by_preferred_version on public.enrolments (preferred_version_id) where preferred_version_id is not null;
create index enrolments_by_contact on public.enrolments (contact_id);
-- what people look for: who is in which state, who had which outcome, whichever the campaign; the newest contacts at the end
create index enrolments_by_state on public.enrolments (account_id, status, contact_id);
create index enrolments_by_outcome on public.enrolments (account_id, outcome, contact_id) where outcome is not null;

-- rank 0 call-now and callbacks, 1 retries, 2 fresh: without it a callback for 15:00 starves behind 100,000 fresh rows.
-- Claimed rows are deleted: an enrolment is in the queue or in a call, never in both.
create table engine.dial_queue (
  lane_id bigint not null references engine.lanes on delete cascade,
  rank smallint not null constraint rank_is_known check (rank between 0 and 2),
  due_at timestamptz not null,
  -- by the campaign's call order: queue_position()
  position bigint not null,
  enrolment_id uuid not null references public.enrolments on delete cascade,
  attempt_no int not null,
  phone text not null,
  wait_reason public.wait_reason,
  primary key (lane_id, rank, due_at, position, enrolment_id),
  constraint an_enrolment_waits_once unique (enrolment_id)
);

grant select on public.enrolments to authenticated, service_role;
alter table public.enrolments enable row level security;
alter table engine.dial_queue enable row level security;
create policy "Members can view the enrolments of their campaigns" on public.enrolments for select to authenticated
  using (campaign_id = any(array(select private.campaign_ids('campaigns.read'))));
create policy "Nobody reads the engine through the API" on engine.dial_queue for all using (false);

create trigger enrolments_touch_updated_at before update on public.enrolments
  for each row execute function private.touch_updated_at();

-- Whoever is not called any more is not called back: no command has to remember that.
create function private.forget_callback() returns trigger
language plpgsql set search_path = ''
as $$
begin
  new.callback_at := null;
  return new;
end $$;
create trigger enrolments_forget_callback before update on public.enrolments
  for each row when (new.callback_at is not null and new.status not in ('waiting', 'calling')) execute function private.forget_callback();

-- Keeps the counters of engine.campaigns equal to the rows, whatever changed them: one update per campaign and statement, each by
-- its key. Joined to the steps instead, the planner expects a hundred campaigns and reads all that there are.
-- Definer: deletes cascade from tables whose owner has no business in engine. tg_op says which transition tables exist.
create function private.count_enrolments() returns trigger
language plpgsql security definer set search_path = ''
as $$
declare
  added jsonb := '[]';
  gone jsonb := '[]';
  step record;
begin
  if tg_op <> 'DELETE' then
    select coalesce(jsonb_agg(g), '[]') into added from (select n.campaign_id, n.status, count(*) as step from new_rows n group by 1, 2) g;
  end if;
  if tg_op <> 'INSERT' then
    select coalesce(jsonb_agg(g), '[]') into gone from (select o.campaign_id, o.status, -count(*) as step from old_rows o group by 1, 2) g;
  end if;
  for step in
    select m.campaign_id,
      coalesce(sum(m.step) filter (where m.status = 'waiting'), 0) as waiting, coalesce(sum(m.step) filter (where m.status = 'calling'), 0) as calling,
      coalesce(sum(m.step) filter (where m.status = 'reached'), 0) as reached, coalesce(sum(m.step) filter (where m.status = 'exhausted'), 0) as exhausted,
      coalesce(sum(m.step) filter (where m.status = 'blocked'), 0) as blocked, coalesce(sum(m.step) filter (where m.status = 'opted_out'), 0) as opted_out,
      coalesce(sum(m.step) filter (where m.status = 'removed'), 0) as removed
    from jsonb_to_recordset(added || gone) as m (campaign_id uuid, status text, step int)
    group by m.campaign_id order by m.campaign_id
  loop
    update engine.campaigns c
    set waiting_count = c.waiting_count + step.waiting, calling_count = c.calling_count + step.calling, reached_count = c.reached_count + step.reached,
      exhausted_count = c.exhausted_count + step.exhausted, blocked_count = c.blocked_count + step.blocked,
      opted_out_count = c.opted_out_count + step.opted_out, removed_count = c.removed_count + step.removed, changed_at = private.now()
    where c.campaign_id = step.campaign_id;
  end loop;
  return null;
end $$;
create trigger enrolments_count_inserted after insert on public.enrolments
  referencing new table as new_rows for each statement execute function private.count_enrolments();
create trigger enrolments_count_updated after update on public.enrolments
  referencing old table as old_rows new table as new_rows for each statement execute function private.count_enrolments();
create trigger enrolments_count_deleted after delete on public.enrolments
  referencing old table as old_rows for each statement execute function private.count_enrolments();

-- How many wait for a consent record; beyond ten thousand nobody counts on a screen, and the answer is 10,001.
create function private.no_consent_count(campaign_id uuid) returns int
language sql stable set search_path = ''
as $$
  select count(*)::int from (
    select from public.enrolments e where e.campaign_id = no_consent_count.campaign_id and e.status = 'blocked' and e.reason = 'no_consent' limit 10001) counted
$$;
