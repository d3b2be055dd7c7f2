-- Tags and lists: made, named, taken away.

-- Makes a tag or renames one. The name of another tag (in any case) is answered with that tag when one is made, and a conflict when
-- one is renamed.
create function private.save_tag(account_id uuid, tag_id uuid, name text) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  words text := private.clean_text(save_tag.name);
  saved uuid;
  same uuid;
begin
  -- Definer: people have no write grant; the permission is checked here.
  perform private.require_permission(save_tag.account_id, 'contacts.edit');
  if words is null or char_length(words) > 60 then
    perform private.raise_invalid('name', 'length', 'Write a name of at most 60 characters.');
  end if;
  perform private.lock_account(save_tag.account_id);
  same := (select t.id from public.tags t where t.account_id = save_tag.account_id and lower(t.name) = lower(words) and t.id is distinct from save_tag.tag_id);
  if save_tag.tag_id is null then
    if same is null then
      insert into public.tags as t (account_id, name, created_by) values (save_tag.account_id, words, auth.uid()) returning t.id into saved;
      perform private.log_activity(save_tag.account_id, 'tag.created', 'tag', saved);
    end if;
    return jsonb_build_object('tag_id', coalesce(saved, same), 'created', saved is not null);
  elsif same is not null then
    perform private.raise_error('conflict', 'Another tag has this name.', jsonb_build_object('tag_id', same, 'field', 'name'));
  end if;
  update public.tags t set name = words where t.id = save_tag.tag_id and t.account_id = save_tag.account_id;
  if not found then
    perform private.raise_error('not_found', 'This tag does not exist, or it belongs to another account.');
  end if;
  perform private.log_activity(save_tag.account_id, 'tag.changed', 'tag', save_tag.tag_id);
  return jsonb_build_object('tag_id', save_tag.tag_id, 'created', false);
end $$;
grant execute on function private.save_tag(uuid, uuid, text) to authenticated;
create function public.save_tag(account_id uuid, tag_id uuid, name text) returns jsonb
language sql set search_path = ''
return private.save_tag(save_tag.account_id, save_tag.tag_id, save_tag.name);
grant execute on function public.save_tag(uuid, uuid, text) to authenticated;

-- Takes a tag away from everybody. Again it is not found.
create function private.delete_tag(tag_id uuid) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  account uuid := (select t.account_id from public.tags t where t.id = delete_tag.tag_id);
begin
  -- Definer: people have no write grant; the permission is checked here.
  perform private.require_permission(account, 'contacts.edit');
  perform private.lock_account(account);
  delete from public.tags t where t.id = delete_tag.tag_id;
  perform private.log_activity(account, 'tag.deleted', 'tag', delete_tag.tag_id);
  return '{}';
end $$;
grant execute on function private.delete_tag(uuid) to authenticated;
create function public.delete_tag(tag_id uuid) returns jsonb
language sql set search_path = ''
return private.delete_tag(delete_tag.tag_id);
grant execute on function public.delete_tag(uuid) to authenticated;

-- By name; contact_count is exact up to ten thousand, then null.
create function private.list_tags(account_id uuid) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
begin
  -- Definer: counts for people who see no contacts one by one; membership is checked here.
  perform private.require_membership(list_tags.account_id);
  return (select coalesce(jsonb_agg(jsonb_build_object('id', t.id, 'name', t.name, 'created_at', t.created_at,
      'contact_count', case when n.counted <= 10000 then n.counted end) order by lower(t.name)), '[]')
    from public.tags t
    cross join lateral (select count(*) as counted from (select from public.contact_tags x where x.tag_id = t.id limit 10001) c) n
    where t.account_id = list_tags.account_id);
end $$;
grant execute on function private.list_tags(uuid) to authenticated;
create function public.list_tags(account_id uuid) returns jsonb
language sql stable set search_path = ''
return private.list_tags(list_tags.account_id);
grant execute on function public.list_tags(uuid) to authenticated;

-- The filter of an audience as it is kept. It may ask for a static list, not for another audience: two could name each other.
create function private.audience_filter(account_id uuid, filter jsonb) returns jsonb
language plpgsql stable set search_path = ''
as $$
declare
  kept jsonb := filter - '{account_id,sort}'::text[];
begin
  if jsonb_typeof(filter) is distinct from 'object' or kept = '{}' then
    perform private.raise_invalid('filter', 'required', 'Choose at least one filter.');
  elsif exists (select from public.contact_lists l where l.id = private.as_uuid(kept ->> 'list_id') and l.kind = 'audience') then
    perform private.raise_invalid('filter', 'audience', 'An audience cannot be made of another one.');
  end if;
  perform private.prepare_search(kept || jsonb_build_object('account_id', audience_filter.account_id), null, true);
  return kept;
end $$;

-- Makes a list ({name}) or an audience ({name, kind: audience, filter}), or changes name and filter. What it is stays.
create function private.save_contact_list(account_id uuid, list_id uuid, content jsonb) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  words text := private.clean_text(content ->> 'name');
  before public.contact_lists;
  is_audience boolean;
  saved uuid := coalesce(save_contact_list.list_id, gen_random_uuid());
begin
  -- Definer: people have no write grant; the permission is checked here.
  perform private.require_permission(save_contact_list.account_id, 'contacts.edit');
  perform private.lock_account(save_contact_list.account_id);
  select * into before from public.contact_lists l where l.id = save_contact_list.list_id and l.account_id = save_contact_list.account_id;
  if save_contact_list.list_id is not null and before.id is null then
    perform private.raise_error('not_found', 'This list does not exist, or it belongs to another account.');
  elsif words is null or char_length(words) > 120 then
    perform private.raise_invalid('name', 'length', 'Write a name of at most 120 characters.');
  elsif exists (select from public.contact_lists l where l.account_id = save_contact_list.account_id and lower(l.name) = lower(words) and l.id <> saved) then
    perform private.raise_error('conflict', 'Another list has this name.', jsonb_build_object('field', 'name'));
  end if;
  is_audience := coalesce(before.kind::text, content ->> 'kind', 'static') = 'audience';
  insert into public.contact_lists as l (id, account_id, name, kind, filter, created_by)
  values (saved, save_contact_list.account_id, words, case when is_audience then 'audience'::public.contact_list_kind else 'static' end,
    case when is_audience then private.audience_filter(save_contact_list.account_id, coalesce(content -> 'filter', before.filter)) end, auth.uid())
  on conflict (id) do update set name = excluded.name, filter = excluded.filter;
  perform private.log_activity(save_contact_list.account_id, case when before.id is null then 'list.created' else 'list.changed' end, 'list', saved);
  return jsonb_build_object('list_id', saved, 'created', before.id is null);
end $$;
grant execute on function private.save_contact_list(uuid, uuid, jsonb) to authenticated;
create function public.save_contact_list(account_id uuid, list_id uuid, content jsonb) returns jsonb
language sql set search_path = ''
return private.save_contact_list(save_contact_list.account_id, save_contact_list.list_id, save_contact_list.content);
grant execute on function public.save_contact_list(uuid, uuid, jsonb) to authenticated;

-- Deletes a list, not the contacts in it. One that an audience asks for stays.
create function private.delete_contact_list(list_id uuid) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  account uuid := (select l.account_id from public.contact_lists l where l.id = delete_contact_list.list_id);
  user_name text;
begin
  -- Definer: people have no write grant; the permission is checked here.
  perform private.require_permission(account, 'contacts.edit');
  perform private.lock_account(account);
  user_name := (select l.name from public.contact_lists l where l.account_id = account and l.filter ->> 'list_id' = delete_contact_list.list_id::text limit 1);
  if user_name is not null then
    perform private.raise_error('conflict', 'An audience is made of this list.', jsonb_build_object('audience', user_name));
  end if;
  delete from public.contact_lists l where l.id = delete_contact_list.list_id;
  perform private.log_activity(account, 'list.deleted', 'list', delete_contact_list.list_id);
  return '{}';
end $$;
grant execute on function private.delete_contact_list(uuid) to authenticated;
create function public.delete_contact_list(list_id uuid) returns jsonb
language sql set search_path = ''
return private.delete_contact_list(delete_contact_list.list_id);
grant execute on function public.delete_contact_list(uuid) to authenticated;

-- How many are in a list now; null beyond ten thousand, or where an audience's parts fit too many each to be counted in passing.
create function private.list_size(list public.contact_lists) returns int
language plpgsql stable set search_path = ''
as $$
declare
  found private.found_contacts := private.find_contacts(private.prepare_search(jsonb_build_object('account_id', list.account_id, 'list_id', list.id), null, true), 'newest', null, 1);
begin
  return case when found.total <= 10000 then found.total end;
end $$;

-- By name. What an audience searches for is a name, a number or an address: whoever may not see such values is not told.
create function private.list_contact_lists(account_id uuid) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
begin
  -- Definer: counts for people who see no contacts one by one; membership is checked here.
  perform private.require_membership(list_contact_lists.account_id);
  return (select coalesce(jsonb_agg(jsonb_build_object('id', l.id, 'name', l.name, 'kind', l.kind, 'created_at', l.created_at,
      'filter', case when private.sees_personal(list_contact_lists.account_id) then l.filter else l.filter - 'text' end,
      'created_by_name', f.name, 'contact_count', private.list_size(l)) order by lower(l.name)), '[]')
    from public.contact_lists l left join public.profiles f on f.id = l.created_by where l.account_id = list_contact_lists.account_id);
end $$;
grant execute on function private.list_contact_lists(uuid) to authenticated;
create function public.list_contact_lists(account_id uuid) returns jsonb
language sql stable set search_path = ''
return private.list_contact_lists(list_contact_lists.account_id);
grant execute on function public.list_contact_lists(uuid) to authenticated;
