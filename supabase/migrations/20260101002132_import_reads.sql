-- Imports as their pages read them: for whoever may import, since a refused row is told as it stood in the file.

create function private.import_row(import public.imports) returns jsonb
language plpgsql stable set search_path = ''
as $$
begin
  return to_jsonb(import) - 'created_by' || jsonb_build_object('created_by_name', (select f.name from public.profiles f where f.id = import.created_by));
end $$;

-- Those of which something went in, the newest first.
create function private.list_imports(account_id uuid, "cursor" jsonb, page_size int) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
declare
  size int := private.page_limit(page_size);
  rows jsonb;
begin
  -- Definer: names of people who are no colleagues any more; the permission is checked here.
  perform private.require_permission(list_imports.account_id, 'contacts.edit');
  with page as (
    select i from public.imports i
    where i.account_id = list_imports.account_id and exists (select from public.import_chunks c where c.import_id = i.id) and ("cursor" is null or i.id < private.as_uuid("cursor" ->> 'id'))
    order by i.id desc limit size + 1
  )
  select coalesce(jsonb_agg(private.import_row(g.i) - 'mapping' order by (g.i).id desc), '[]') into rows from page g;
  return private.page_of(rows, size, '{id}');
end $$;
grant execute on function private.list_imports(uuid, jsonb, int) to authenticated;
create function public.list_imports(account_id uuid, "cursor" jsonb default null, page_size int default 20) returns jsonb
language sql stable set search_path = ''
return private.list_imports(list_imports.account_id, list_imports."cursor", list_imports.page_size);
grant execute on function public.list_imports(uuid, jsonb, int) to authenticated;

-- One import with the chunks that went in: a page that was left goes on with the others.
create function private.get_import(import_id uuid) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
declare
  import public.imports := (select i from public.imports i where i.id = get_import.import_id);
begin
  -- Definer: names of people who are no colleagues any more; the permission is checked here.
  perform private.require_permission(import.account_id, 'contacts.edit');
  return private.import_row(import) || jsonb_build_object(
    'list_name', (select l.name from public.contact_lists l where l.id = private.as_uuid(import.options ->> 'list_id')),
    'chunks_done', (select coalesce(jsonb_agg(c.chunk order by c.chunk), '[]') from public.import_chunks c where c.import_id = import.id));
end $$;
grant execute on function private.get_import(uuid) to authenticated;
create function public.get_import(import_id uuid) returns jsonb
language sql stable set search_path = ''
return private.get_import(get_import.import_id);
grant execute on function public.get_import(uuid) to authenticated;

-- The refused rows of an import in the order of its file, those of up to ten chunks at a time.
create function private.list_refused_rows(import_id uuid, "cursor" jsonb) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
begin
  -- Definer: as get_import; the permission is checked here.
  perform private.require_permission((select i.account_id from public.imports i where i.id = list_refused_rows.import_id), 'contacts.edit');
  return (
    select jsonb_build_object('rows', coalesce(jsonb_agg(r.refused order by c.chunk, r.place) filter (where r.refused is not null), '[]'),
      'next_cursor', case when count(distinct c.chunk) = 10 then jsonb_build_object('chunk', max(c.chunk)) end)
    from (
      select k.chunk, k.result from public.import_chunks k
      where k.import_id = list_refused_rows.import_id and k.chunk > coalesce(("cursor" ->> 'chunk')::int, -1) order by k.chunk limit 10
    ) c left join lateral jsonb_array_elements(c.result -> 'refused') with ordinality r (refused, place) on true);
end $$;
grant execute on function private.list_refused_rows(uuid, jsonb) to authenticated;
create function public.list_refused_rows(import_id uuid, "cursor" jsonb default null) returns jsonb
language sql stable set search_path = ''
return private.list_refused_rows(list_refused_rows.import_id, list_refused_rows."cursor");
grant execute on function public.list_refused_rows(uuid, jsonb) to authenticated;
