-- Shows later that nobody changed the log, the owner of the database included. Lines are chained account by account, once a minute: a link
-- holds the ids of its lines and a hash of them and of the link before. Writing a line waits for nobody; what commits late is in the
-- next link.

-- account_id null: the installation's own lines.
create table engine.activity_links (
  id bigint generated always as identity primary key,
  account_id uuid,
  -- 1, 2, 3, …
  position int not null,
  line_ids bigint[] not null,
  hash bytea not null,
  created_at timestamptz not null default private.now(),
  constraint activity_links_have_one_order unique nulls not distinct (account_id, position)
);

-- How long each chain is and what it ends with, so that links cut off its end are missed.
create table engine.activity_heads (
  id bigint generated always as identity primary key,
  account_id uuid,
  position int not null,
  line_count bigint not null,
  hash bytea not null,
  constraint activity_heads_one_per_account unique nulls not distinct (account_id)
);

-- Lines that no link holds yet.
create table engine.unlinked_activity (
  line_id bigint primary key,
  account_id uuid
);
create index unlinked_activity_by_account on engine.unlinked_activity (account_id);

alter table engine.activity_links enable row level security;
alter table engine.activity_heads enable row level security;
alter table engine.unlinked_activity enable row level security;
create policy "Nobody reads the engine through the API" on engine.activity_links for all using (false);
create policy "Nobody reads the engine through the API" on engine.activity_heads for all using (false);
create policy "Nobody reads the engine through the API" on engine.unlinked_activity for all using (false);

create function private.queue_activity() returns trigger
language plpgsql set search_path = ''
as $$
begin
  insert into engine.unlinked_activity (line_id, account_id) select n.id, n.account_id from new_lines n;
  return null;
end $$;
create trigger activity_log_is_chained after insert on public.activity_log referencing new table as new_lines
  for each statement execute function private.queue_activity();

create trigger activity_links_are_append_only before update or delete or truncate on engine.activity_links
  for each statement execute function private.refuse_change();

-- A line as it is hashed: all of it, in words that do not depend on anybody's settings.
create function private.canonical_line(line public.activity_log) returns text
language plpgsql immutable set search_path = ''
as $$
begin
  return jsonb_build_array(line.id, line.account_id, line.actor_id, line.actor_kind, line.verb, line.subject_type, line.subject_id, line.details, line.changes,
    line.ip, line.user_agent, line.request_id, (extract(epoch from line.created_at) * 1000000)::bigint)::text;
end $$;

-- The hash of a link: of the one before (null: the first) and of its lines that are there, in the order of their ids.
create function private.link_hash(previous bytea, line_ids bigint[]) returns bytea
language plpgsql stable set search_path = ''
as $$
begin
  return (select sha256(coalesce(link_hash.previous, '') || convert_to(coalesce(string_agg(private.canonical_line(l), E'\n' order by l.id), ''), 'UTF8'))
    from public.activity_log l where l.id = any(link_hash.line_ids));
end $$;

-- One link for each account that has lines without one, of at most so many lines in all. By the tick; of two that overlap one does nothing.
create function private.link_activity(line_limit int) returns void
language plpgsql set search_path = ''
as $$
declare
  taken record;
  head engine.activity_heads;
begin
  if not pg_try_advisory_xact_lock(hashtextextended('outdial.link_activity', 0)) then
    return;
  end if;
  for taken in
    with chosen as (
      select u.line_id from engine.unlinked_activity u order by u.line_id limit line_limit
    ), removed as (
      delete from engine.unlinked_activity u where u.line_id in (select c.line_id from chosen c) returning u.*
    )
    select r.account_id, array_agg(r.line_id order by r.line_id) as line_ids from removed r group by r.account_id
  loop
    select h.* into head from engine.activity_heads h where h.account_id is not distinct from taken.account_id;
    insert into engine.activity_links (account_id, position, line_ids, hash)
    values (taken.account_id, coalesce(head.position, 0) + 1, taken.line_ids, private.link_hash(head.hash, taken.line_ids))
    returning null, account_id, position, coalesce(head.line_count, 0) + cardinality(taken.line_ids), hash into head;
    insert into engine.activity_heads as h (account_id, position, line_count, hash) values (head.account_id, head.position, head.line_count, head.hash)
    on conflict on constraint activity_heads_one_per_account do update
    set position = excluded.position, line_count = excluded.line_count, hash = excluded.hash;
  end loop;
end $$;

-- Looks at the links of an account from a position on: the first that is not as it was written, and why. lines_missing, lines_changed (or
-- another link before it), link_missing.
create function private.first_broken_link(account_id uuid, from_position int, link_limit int, out place int, out reason text, out link_count int, out line_count bigint) returns record
language plpgsql stable set search_path = ''
as $$
declare
  link record;
  previous bytea := (select l.hash from engine.activity_links l where l.account_id is not distinct from first_broken_link.account_id and l.position = from_position - 1);
begin
  link_count := 0;
  line_count := 0;
  for link in
    select l.position as place, l.line_ids, l.hash, (select count(*) from public.activity_log a where a.id = any(l.line_ids) and a.account_id is not distinct from first_broken_link.account_id) as found
    from engine.activity_links l where l.account_id is not distinct from first_broken_link.account_id and l.position >= from_position order by l.position limit link_limit
  loop
    reason := case when link.place <> from_position + link_count then 'link_missing' when link.found < cardinality(link.line_ids) then 'lines_missing'
      when link.hash <> private.link_hash(previous, link.line_ids) then 'lines_changed' end;
    if reason is not null then
      place := from_position + link_count;
      return;
    end if;
    previous := link.hash;
    link_count := link_count + 1;
    line_count := line_count + link.found;
  end loop;
end $$;

-- The chain as a whole, once its links were looked at: links cut off its end, and lines that came in beside it. Null: nothing.
create function private.chain_fault(account_id uuid) returns text
language plpgsql stable set search_path = ''
as $$
declare
  head engine.activity_heads;
  linked bigint := (select coalesce(sum(cardinality(l.line_ids)), 0) from engine.activity_links l where l.account_id is not distinct from chain_fault.account_id);
  last engine.activity_links;
begin
  select h.* into head from engine.activity_heads h where h.account_id is not distinct from chain_fault.account_id;
  select l.* into last from engine.activity_links l where l.account_id is not distinct from chain_fault.account_id order by l.position desc limit 1;
  return case
    when head.position is distinct from last.position or head.hash is distinct from last.hash or coalesce(head.line_count, 0) <> linked then 'end_missing'
    when (select count(*) from public.activity_log l where l.account_id is not distinct from chain_fault.account_id)
      <> linked + (select count(*) from engine.unlinked_activity u where u.account_id is not distinct from chain_fault.account_id) then 'lines_added' end;
end $$;

-- Whether the log is as it was written, for whoever may read it. In portions: next is where the following call goes on, null at the end.
-- broken {position, reason}: the first link that is not as it was, position null where it is the chain as a whole. fingerprint: what
-- the chain ends with; who writes it down elsewhere can show later that the log up to there is still the same.
create function private.verify_activity_chain(account_id uuid, from_position int, link_limit int) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
declare
  seen record;
  head engine.activity_heads;
  is_last boolean;
  fault text;
begin
  -- Definer: the links lie in engine; the permission is checked here.
  perform private.require_permission(verify_activity_chain.account_id, 'activity.read');
  select * into seen from private.first_broken_link(verify_activity_chain.account_id, greatest(from_position, 1), least(greatest(link_limit, 1), 1000));
  is_last := seen.reason is null and seen.link_count < least(greatest(link_limit, 1), 1000);
  select h.* into head from engine.activity_heads h where h.account_id = verify_activity_chain.account_id;
  fault := coalesce(seen.reason, case when is_last then private.chain_fault(verify_activity_chain.account_id) end);
  return jsonb_build_object('broken', case when fault is not null then jsonb_build_object('position', seen.place, 'reason', fault) end,
    'link_count', seen.link_count, 'line_count', seen.line_count, 'next', case when not is_last and fault is null then greatest(from_position, 1) + seen.link_count end,
    'waiting_count', (select count(*) from engine.unlinked_activity u where u.account_id = verify_activity_chain.account_id),
    'linked_at', (select max(l.created_at) from engine.activity_links l where l.account_id = verify_activity_chain.account_id and l.position = head.position),
    'fingerprint', encode(head.hash, 'hex'));
end $$;
grant execute on function private.verify_activity_chain(uuid, int, int) to authenticated;
create function public.verify_activity_chain(account_id uuid, from_position int default 1, link_limit int default 200) returns jsonb
language sql stable set search_path = ''
return private.verify_activity_chain(verify_activity_chain.account_id, verify_activity_chain.from_position, verify_activity_chain.link_limit);
grant execute on function public.verify_activity_chain(uuid, int, int) to authenticated;
