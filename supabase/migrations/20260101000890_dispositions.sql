-- What conversations mean in an account's own words, beside the platform's set (call_disposition). Each is one of three meanings, and a call
-- that has one has the platform's word for that meaning, too: whatever counts, filters or exports by the platform's words stays right.

create type public.disposition_meaning as enum ('positive', 'neutral', 'negative');

create table public.dispositions (
  id uuid primary key default private.time_ordered_id(),
  account_id uuid not null references public.accounts on delete cascade,
  name text not null constraint disposition_name_is_short check (char_length(name) between 1 and 60),
  -- fixed once a call has it: what was counted is not counted otherwise later
  meaning public.disposition_meaning not null,
  -- when it fits, for people and for the analysis that chooses among them; empty where its name says all
  description text not null default '' constraint disposition_description_is_short check (char_length(description) <= 200),
  -- no longer offered; calls that have it keep it
  archived_at timestamptz,
  created_by uuid,
  created_at timestamptz not null default private.now()
);
create unique index dispositions_one_name on public.dispositions (account_id, lower(name));

grant select on public.dispositions to authenticated, service_role;
alter table public.dispositions enable row level security;
create policy "Members can view the dispositions of their account" on public.dispositions for select to authenticated
  using (account_id = any(array(select private.account_ids('account.read'))));

-- The platform's word for what one of the account's own means; null for none. is_positive knows the same.
create function private.word_for(meaning public.disposition_meaning) returns public.call_disposition
language sql immutable set search_path = ''
return case word_for.meaning when 'positive' then 'interested' when 'neutral' then 'information' when 'negative' then 'not_interested' end::public.call_disposition;

-- The account's own, by name, with whether calls have them; members alone.
create function private.list_dispositions(account_id uuid) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
begin
  -- Definer: whether any call has one is the same for everybody, whatever calls they see.
  perform private.require_permission(list_dispositions.account_id, 'account.read');
  return (select coalesce(jsonb_agg(jsonb_build_object('id', d.id, 'name', d.name, 'meaning', d.meaning, 'description', d.description, 'is_archived', d.archived_at is not null,
      'is_used', exists (select from public.calls c where c.own_disposition_id = d.id)) order by lower(d.name)), '[]')
    from public.dispositions d where d.account_id = list_dispositions.account_id);
end $$;
grant execute on function private.list_dispositions(uuid) to authenticated;
create function public.list_dispositions(account_id uuid) returns jsonb
language sql stable set search_path = ''
return private.list_dispositions(list_dispositions.account_id);
grant execute on function public.list_dispositions(uuid) to authenticated;

-- What an analysis may choose from, for whoever asks it: the first thirty by name that are offered to people, too; more would cost each call
-- more than they tell it.
create function private.offered_dispositions(account_id uuid) returns jsonb
language plpgsql stable set search_path = ''
as $$
begin
  return (select coalesce(jsonb_agg(jsonb_build_object('id', x.id, 'name', x.name, 'meaning', x.meaning, 'description', x.description) order by lower(x.name)), '[]')
    from (select * from public.dispositions d where d.account_id = offered_dispositions.account_id and d.archived_at is null order by lower(d.name) limit 30) x);
end $$;

-- Makes one (without an id) or changes it. The name of one that was put away brings that one back. A description of null leaves the one that
-- is there. At most fifty.
create function private.save_disposition(account_id uuid, disposition_id uuid, name text, meaning public.disposition_meaning, description text) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  words text := private.clean_text(save_disposition.name);
  fits text := case when save_disposition.description is not null then coalesce(private.clean_text(save_disposition.description), '') end;
  known public.dispositions;
  saved uuid;
begin
  -- Definer: people have no write grant; the permission is checked here.
  perform private.require_permission(save_disposition.account_id, 'account.manage');
  if words is null or char_length(words) > 60 then
    perform private.raise_invalid('name', 'length', 'Write a name of at most 60 characters.');
  elsif save_disposition.meaning is null then
    perform private.raise_invalid('meaning', 'required', 'Choose what it means.');
  elsif char_length(fits) > 200 then
    perform private.raise_invalid('description', 'length', 'Write at most 200 characters.');
  end if;
  perform private.lock_account(save_disposition.account_id);
  select * into known from public.dispositions d where d.account_id = save_disposition.account_id and lower(d.name) = lower(words);
  if save_disposition.disposition_id is null and known.archived_at is null and known.id is not null
    or save_disposition.disposition_id is not null and known.id <> save_disposition.disposition_id then
    perform private.raise_error('conflict', 'Another disposition has this name.', jsonb_build_object('field', 'name'));
  elsif save_disposition.disposition_id is null and known.id is null
    and (select count(*) from public.dispositions d where d.account_id = save_disposition.account_id) >= 50 then
    perform private.raise_invalid('name', 'too_many', 'Fifty are enough: rename one of them.');
  end if;
  select * into known from public.dispositions d
  where d.id = coalesce(save_disposition.disposition_id, known.id) and d.account_id = save_disposition.account_id;
  if known.id is null and save_disposition.disposition_id is not null then
    perform private.raise_error('not_found', 'This disposition does not exist, or it belongs to another account.');
  elsif known.meaning <> save_disposition.meaning and exists (select from public.calls c where c.own_disposition_id = known.id) then
    perform private.raise_error('conflict', 'Calls have this disposition: what it means stays.', jsonb_build_object('field', 'meaning'), 'Make another one.');
  end if;
  insert into public.dispositions as d (id, account_id, name, meaning, description, created_by)
  values (coalesce(known.id, private.time_ordered_id()), save_disposition.account_id, words, save_disposition.meaning,
    coalesce(fits, known.description, ''), auth.uid())
  on conflict on constraint dispositions_pkey do update set name = excluded.name, meaning = excluded.meaning, description = excluded.description, archived_at = null
  returning d.id into saved;
  perform private.log_activity(save_disposition.account_id, case when known.id is null then 'disposition.created' else 'disposition.changed' end, 'disposition', saved);
  return jsonb_build_object('disposition_id', saved);
end $$;
grant execute on function private.save_disposition(uuid, uuid, text, public.disposition_meaning, text) to authenticated;
create function public.save_disposition(account_id uuid, disposition_id uuid, name text, meaning public.disposition_meaning, description text default null) returns jsonb
language sql set search_path = ''
return private.save_disposition(save_disposition.account_id, save_disposition.disposition_id, save_disposition.name, save_disposition.meaning, save_disposition.description);
grant execute on function public.save_disposition(uuid, uuid, text, public.disposition_meaning, text) to authenticated;

-- Takes one away: deleted when no call has it, put away otherwise. Again changes nothing, or is not found.
create function private.remove_disposition(disposition_id uuid) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  account uuid := (select d.account_id from public.dispositions d where d.id = remove_disposition.disposition_id);
  is_used boolean;
begin
  -- Definer: people have no write grant; the permission is checked here.
  perform private.require_permission(account, 'account.manage');
  perform private.lock_account(account);
  is_used := exists (select from public.calls c where c.own_disposition_id = remove_disposition.disposition_id);
  if is_used then
    update public.dispositions d set archived_at = coalesce(d.archived_at, private.now()) where d.id = remove_disposition.disposition_id;
  else
    delete from public.dispositions d where d.id = remove_disposition.disposition_id;
  end if;
  perform private.log_activity(account, 'disposition.removed', 'disposition', remove_disposition.disposition_id);
  return jsonb_build_object('is_archived', is_used);
end $$;
grant execute on function private.remove_disposition(uuid) to authenticated;
create function public.remove_disposition(disposition_id uuid) returns jsonb
language sql set search_path = ''
return private.remove_disposition(remove_disposition.disposition_id);
grant execute on function public.remove_disposition(uuid) to authenticated;
