-- An import is taken back: what it created and nobody has touched since. Somebody who asks first is told by the same rule.

-- Why a contact that an import created is no longer the import's to take back; null when nobody has touched it since.
create function private.kept_by(contact public.contacts) returns text
language plpgsql stable set search_path = ''
as $$
begin
  return case
    when exists (select from public.calls c where c.contact_id = contact.id) then 'called'
    when exists (select from public.enrolments e where e.contact_id = contact.id) then 'enrolled'
    when contact.updated_at > contact.created_at
      or exists (select from public.contact_notes n where n.contact_id = contact.id)
      or exists (select from public.contact_tags t where t.contact_id = contact.id and t.created_at > contact.created_at)
      or exists (select from public.contact_list_members m where m.contact_id = contact.id and m.created_at > contact.created_at)
      or exists (select from public.consents c where c.contact_id = contact.id and (c.import_id is distinct from contact.import_id or c.revoked_at is not null))
      or exists (select from public.do_not_call_history h where h.account_id = contact.account_id and h.phone = contact.phone and h.created_at > contact.created_at)
      then 'changed' end;
end $$;

create type private.undo_candidate as (id uuid, reason text);

-- The next contacts that an import created, by id, each with the reason why it stays when the import is undone.
create function private.undo_candidates(import_id uuid, "cursor" jsonb, most int) returns setof private.undo_candidate
language sql stable set search_path = ''
as $$
  select p.id, private.kept_by(p) from public.contacts p
  where p.import_id = undo_candidates.import_id and p.id > coalesce(private.as_uuid("cursor" ->> 'id'), '00000000-0000-0000-0000-000000000000')
  order by p.id limit most
$$;

-- What goes, what stays and why, and where to go on when there may be more.
create function private.sum_of_undo(candidates private.undo_candidate[], most int) returns jsonb
language sql stable set search_path = ''
as $$
  select jsonb_build_object('deleted', count(*) filter (where c.reason is null), 'kept', jsonb_build_object('called', count(*) filter (where c.reason = 'called'),
    'enrolled', count(*) filter (where c.reason = 'enrolled'), 'changed', count(*) filter (where c.reason = 'changed')),
    'next_cursor', case when cardinality(candidates) = most then jsonb_build_object('id', candidates[most].id) end)
  from unnest(candidates) c
$$;

-- Says what undo_import would take back and what it would leave, ten thousand at a time; call it again with next_cursor until that
-- is null. Locks and writes nothing, so that somebody may touch a contact after it was counted: the undo asks again.
create function private.preview_undo(import_id uuid, "cursor" jsonb) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
begin
  -- Definer: it counts what people may not read one by one; the permission is checked here.
  perform private.require_permission((select i.account_id from public.imports i where i.id = preview_undo.import_id), 'contacts.edit');
  return private.sum_of_undo(array(select c from private.undo_candidates(preview_undo.import_id, "cursor", 10000) c), 10000);
end $$;
grant execute on function private.preview_undo(uuid, jsonb) to authenticated;
create function public.preview_undo(import_id uuid, "cursor" jsonb default null) returns jsonb
language sql stable set search_path = ''
return private.preview_undo(preview_undo.import_id, preview_undo."cursor");
grant execute on function public.preview_undo(uuid, jsonb) to authenticated;

-- Takes back what an import created and nobody has touched since, a thousand at a time; call it again with next_cursor until that
-- is null. Broken off it can simply be begun again.
create function private.undo_import(import_id uuid, "cursor" jsonb) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  -- Definer: people have no write grant; the permission is checked here, before anybody waits for the account.
  account_id uuid := (select i.account_id from public.imports i where i.id = undo_import.import_id);
  import public.imports;
  candidates private.undo_candidate[];
  answer jsonb;
begin
  perform private.require_permission(account_id, 'contacts.edit');
  perform private.lock_account(account_id);
  import := private.lock_import(undo_import.import_id);
  if import.status not in ('completed', 'failed') or import.undone_at is not null then
    perform private.raise_error('conflict', 'Only a finished import can be undone, once.', jsonb_build_object('status', import.status, 'undone_at', import.undone_at));
  end if;
  candidates := array(select c from private.undo_candidates(import.id, "cursor", 1000) c);
  delete from public.contacts p using unnest(candidates) j where p.id = j.id and j.reason is null;
  answer := private.sum_of_undo(candidates, 1000);
  update public.imports i
  set undone_count = i.undone_count + (answer ->> 'deleted')::int, undone_at = case when cardinality(candidates) < 1000 then private.now() end
  where i.id = import.id
  returning * into import;
  if import.undone_at is not null then
    perform private.log_activity(account_id, 'import.undone', 'import', import.id, jsonb_build_object('deleted_count', import.undone_count));
  end if;
  return answer;
end $$;
grant execute on function private.undo_import(uuid, jsonb) to authenticated;
create function public.undo_import(import_id uuid, "cursor" jsonb default null) returns jsonb
language sql set search_path = ''
return private.undo_import(undo_import.import_id, undo_import."cursor");
grant execute on function public.undo_import(uuid, jsonb) to authenticated;
