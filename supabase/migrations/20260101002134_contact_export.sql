-- Contacts and listed numbers on their way into a file: page by page, whole, for people who see personal values of the account.

create function private.require_exporter(account_id uuid) returns void
language plpgsql stable set search_path = ''
as $$
begin
  perform private.require_permission(require_exporter.account_id, 'contacts.read');
  perform private.require_permission(require_exporter.account_id, 'contacts.read_personal');
end $$;

-- selection: {account_id, contact_ids} or {account_id, filter} in the filter's order. At most 1,000 a page; the first one (no cursor)
-- is logged, once per export.
create function private.export_contacts(selection jsonb, "cursor" jsonb, page_size int) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  account uuid := private.as_uuid(selection ->> 'account_id');
  size int := least(greatest(coalesce(page_size, 1000), 1), 1000);
  found private.found_contacts;
begin
  -- Definer: status and queue are in tables that people do not read; the permissions are checked here.
  perform private.require_exporter(account);
  if "cursor" is null then
    perform private.log_activity(account, 'contact.exported', 'contact', null,
      case when selection ? 'contact_ids' then jsonb_build_object('count', jsonb_array_length(selection -> 'contact_ids')) else jsonb_build_object('is_filter', true) end);
  end if;
  if selection ? 'contact_ids' then
    found.ids := private.uuids_of(private.next_batch(selection, null) -> 'ids');
    size := 1000;
  else
    found := private.find_contacts(private.prepare_search(coalesce(selection -> 'filter', '{}') || jsonb_build_object('account_id', account), null, true),
      selection -> 'filter' ->> 'sort', "cursor", size + 1);
  end if;
  return jsonb_build_object(
    'rows', (select coalesce(jsonb_agg(private.contact_row(p, true) order by f.place), '[]')
      from unnest(found.ids[1:size]) with ordinality f (id, place) join public.contacts p on p.id = f.id),
    'next_cursor', case when cardinality(found.ids) > size then jsonb_build_object('id', found.ids[size], 'key', found.keys[size]) end);
end $$;
grant execute on function private.export_contacts(jsonb, jsonb, int) to authenticated;
create function public.export_contacts(selection jsonb, "cursor" jsonb default null, page_size int default 1000) returns jsonb
language sql set search_path = ''
return private.export_contacts(export_contacts.selection, export_contacts."cursor", export_contacts.page_size);
grant execute on function public.export_contacts(jsonb, jsonb, int) to authenticated;

-- The do-not-call list, the newest first, at most 1,000 a page; logged as the export of contacts is.
create function private.export_do_not_call(account_id uuid, "cursor" jsonb, page_size int) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  size int := least(greatest(coalesce(page_size, 1000), 1), 1000);
  rows jsonb;
begin
  -- Definer: names of people who are no colleagues any more; the permissions are checked here.
  perform private.require_exporter(export_do_not_call.account_id);
  if "cursor" is null then
    perform private.log_activity(export_do_not_call.account_id, 'do_not_call.exported', 'contact', null);
  end if;
  with page as (
    select d.* from public.do_not_call d
    where d.account_id = export_do_not_call.account_id and ("cursor" is null or (d.created_at, d.id) < (("cursor" ->> 'created_at')::timestamptz, ("cursor" ->> 'id')::uuid))
    order by d.created_at desc, d.id desc limit size + 1
  )
  select coalesce(jsonb_agg(jsonb_build_object('id', g.id, 'phone', g.phone, 'source', g.source, 'reason', g.reason, 'call_id', g.call_id,
    'created_at', g.created_at, 'created_by_name', f.name, 'contact_id', p.id, 'contact_name', p.name) order by g.created_at desc, g.id desc), '[]') into rows
  from page g left join public.profiles f on f.id = g.created_by left join public.contacts p on p.account_id = g.account_id and p.phone = g.phone;
  return private.page_of(rows, size, '{created_at,id}');
end $$;
grant execute on function private.export_do_not_call(uuid, jsonb, int) to authenticated;
create function public.export_do_not_call(account_id uuid, "cursor" jsonb default null, page_size int default 1000) returns jsonb
language sql set search_path = ''
return private.export_do_not_call(export_do_not_call.account_id, export_do_not_call."cursor", export_do_not_call.page_size);
grant execute on function public.export_do_not_call(uuid, jsonb, int) to authenticated;
