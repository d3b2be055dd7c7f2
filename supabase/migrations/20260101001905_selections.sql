-- What people do to many contacts at once: to chosen ones, or to all whom a filter fits, a thousand at a time.

-- The contacts of a selection: {account_id, contact_ids} (at most 1,000), or the next thousand of {account_id, filter} from the
-- oldest on, so that new ones come at the end. Answers {ids, next_cursor}. The caller has checked that the person sees all contacts.
create function private.next_batch(selection jsonb, "cursor" jsonb) returns jsonb
language plpgsql stable set search_path = ''
as $$
declare
  account uuid := private.as_uuid(selection ->> 'account_id');
  ids uuid[] := private.uuids_of(selection -> 'contact_ids');
  found private.found_contacts;
begin
  if selection ? 'contact_ids' then
    if cardinality(ids) > 1000 then
      perform private.raise_error('too_large', 'Choose at most 1,000 contacts.');
    end if;
    return jsonb_build_object('ids', (select coalesce(jsonb_agg(p.id order by p.id), '[]') from public.contacts p
      where p.account_id = account and p.id = any(ids) and p.replaced_by is null and p.erased_at is null), 'next_cursor', null);
  elsif jsonb_typeof(selection -> 'filter') is distinct from 'object' then
    perform private.raise_invalid('selection', 'shape', 'Choose contacts, or a filter.');
  end if;
  found := private.find_contacts(private.prepare_search(selection -> 'filter' || jsonb_build_object('account_id', account), null, private.sees_personal(account)),
    'oldest', "cursor", 1000);
  return jsonb_build_object('ids', coalesce(to_jsonb(found.ids), '[]'),
    'next_cursor', case when cardinality(found.ids) = 1000 then jsonb_build_object('id', found.ids[1000], 'key', '') end);
end $$;

-- Opens a bulk command: the permission, then the account's lock, then the contacts.
create function private.open_batch(selection jsonb, permission text, "cursor" jsonb) returns jsonb
language plpgsql set search_path = ''
as $$
declare
  account uuid := private.as_uuid(selection ->> 'account_id');
begin
  perform private.require_permission(account, permission);
  perform private.require_permission(account, 'contacts.read');
  perform private.lock_account(account);
  return private.next_batch(selection, "cursor");
end $$;

-- Gives tags and takes tags away. Again changes nothing. One line of the log per call, not per contact.
create function private.tag_contacts(selection jsonb, add_tag_ids uuid[], remove_tag_ids uuid[], "cursor" jsonb) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  -- Definer: people have no write grant; open_batch checks the permission.
  batch jsonb := private.open_batch(selection, 'contacts.edit', "cursor");
  account uuid := private.as_uuid(selection ->> 'account_id');
  ids uuid[] := private.uuids_of(batch -> 'ids');
  added int;
  removed int;
begin
  if exists (select from unnest(add_tag_ids || remove_tag_ids) a (id) where not exists (select from public.tags t where t.id = a.id and t.account_id = account)) then
    perform private.raise_error('not_found', 'This tag does not exist, or it belongs to another account.');
  end if;
  insert into public.contact_tags (tag_id, contact_id, account_id)
  select a.id, i.id, account from (select distinct x from unnest(add_tag_ids) x) a (id) cross join unnest(ids) i (id) order by 1, 2
  on conflict do nothing;
  get diagnostics added = row_count;
  delete from public.contact_tags t where t.tag_id = any(remove_tag_ids) and t.contact_id = any(ids);
  get diagnostics removed = row_count;
  if added + removed > 0 then
    perform private.log_activity(account, 'contact.tagged', 'contact', case when cardinality(ids) = 1 then ids[1] end,
      jsonb_build_object('added', to_jsonb(add_tag_ids), 'removed', to_jsonb(remove_tag_ids), 'count', cardinality(ids)));
  end if;
  return jsonb_build_object('contacts', cardinality(ids), 'added', added, 'removed', removed, 'next_cursor', batch -> 'next_cursor');
end $$;
grant execute on function private.tag_contacts(jsonb, uuid[], uuid[], jsonb) to authenticated;
create function public.tag_contacts(selection jsonb, add_tag_ids uuid[] default '{}', remove_tag_ids uuid[] default '{}', "cursor" jsonb default null) returns jsonb
language sql set search_path = ''
return private.tag_contacts(tag_contacts.selection, tag_contacts.add_tag_ids, tag_contacts.remove_tag_ids, tag_contacts."cursor");
grant execute on function public.tag_contacts(jsonb, uuid[], uuid[], jsonb) to authenticated;

-- Puts contacts into a static list (is_member) or takes them out. Again changes nothing.
create function private.set_list_members(list_id uuid, selection jsonb, is_member boolean, "cursor" jsonb) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  account uuid := (select l.account_id from public.contact_lists l where l.id = set_list_members.list_id);
  batch jsonb;
  ids uuid[];
  changed int;
begin
  -- Definer: people have no write grant; open_batch checks the permission, in the account of the list.
  batch := private.open_batch(selection || jsonb_build_object('account_id', account), 'contacts.edit', "cursor");
  if (select l.kind from public.contact_lists l where l.id = set_list_members.list_id) is distinct from 'static' then
    perform private.raise_error('conflict', 'Who is in an audience is decided by its filter.');
  end if;
  ids := private.uuids_of(batch -> 'ids');
  if is_member then
    insert into public.contact_list_members (list_id, contact_id, account_id)
    select set_list_members.list_id, i.id, account from unnest(ids) i (id) order by i.id on conflict do nothing;
  else
    delete from public.contact_list_members m where m.list_id = set_list_members.list_id and m.contact_id = any(ids);
  end if;
  get diagnostics changed = row_count;
  if changed > 0 then
    perform private.log_activity(account, case when is_member then 'contact.listed' else 'contact.unlisted' end, 'contact',
      case when cardinality(ids) = 1 then ids[1] end, jsonb_build_object('list_id', set_list_members.list_id, 'count', changed));
  end if;
  return jsonb_build_object('contacts', cardinality(ids), 'changed', changed, 'next_cursor', batch -> 'next_cursor');
end $$;
grant execute on function private.set_list_members(uuid, jsonb, boolean, jsonb) to authenticated;
create function public.set_list_members(list_id uuid, selection jsonb, is_member boolean, "cursor" jsonb default null) returns jsonb
language sql set search_path = ''
return private.set_list_members(set_list_members.list_id, set_list_members.selection, set_list_members.is_member, set_list_members."cursor");
grant execute on function public.set_list_members(uuid, jsonb, boolean, jsonb) to authenticated;

-- Puts the numbers of a selection on the do-not-call list, with all that follows from it. Again adds none.
create function private.opt_out_contacts(selection jsonb, reason text, "cursor" jsonb) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  -- Definer: people have no write grant; open_batch checks the permission.
  batch jsonb := private.open_batch(selection, 'do_not_call.edit', "cursor");
  answer jsonb := private.list_numbers(private.as_uuid(selection ->> 'account_id'),
    array(select p.phone from public.contacts p where p.id = any(private.uuids_of(batch -> 'ids'))), 'hand', opt_out_contacts.reason);
begin
  return private.announce(answer || jsonb_build_object('contacts', jsonb_array_length(batch -> 'ids'), 'next_cursor', batch -> 'next_cursor'));
end $$;
grant execute on function private.opt_out_contacts(jsonb, text, jsonb) to authenticated;
create function public.opt_out_contacts(selection jsonb, reason text default '', "cursor" jsonb default null) returns jsonb
language sql set search_path = ''
return private.opt_out_contacts(opt_out_contacts.selection, opt_out_contacts.reason, opt_out_contacts."cursor");
grant execute on function public.opt_out_contacts(jsonb, text, jsonb) to authenticated;

-- Deletes those of a selection who were never called, with their places in every queue; the others are counted as refused.
create function private.delete_contacts(selection jsonb, "cursor" jsonb) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  -- Definer: people have no write grant; open_batch checks the permission.
  batch jsonb := private.open_batch(selection, 'contacts.edit', "cursor");
  ids uuid[] := private.uuids_of(batch -> 'ids');
  deleted int := private.remove_contacts(private.as_uuid(selection ->> 'account_id'), ids);
begin
  return private.announce(jsonb_build_object('deleted', deleted, 'refused', cardinality(ids) - deleted, 'next_cursor', batch -> 'next_cursor'));
end $$;
grant execute on function private.delete_contacts(jsonb, jsonb) to authenticated;
create function public.delete_contacts(selection jsonb, "cursor" jsonb default null) returns jsonb
language sql set search_path = ''
return private.delete_contacts(delete_contacts.selection, delete_contacts."cursor");
grant execute on function public.delete_contacts(jsonb, jsonb) to authenticated;
