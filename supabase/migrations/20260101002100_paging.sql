-- What pages read in one answer. Lists are keyset pages {rows, next_cursor}; personal values are masked for people without
-- contacts.read_personal. All of these are definer bodies that check the permission first, because counters, queue and
-- balance live in engine.

-- plpgsql, like all that a list asks for each of its rows: it keeps its plan, where a function in sql makes it anew every time. That
-- was most of what a page of twenty took.
create function private.masked(value text, is_visible boolean) returns text
language plpgsql immutable set search_path = ''
as $$
begin
  return case when masked.is_visible or masked.value = '' then masked.value
    when masked.value like '+%' then left(masked.value, 3) || '•••' || right(masked.value, 2) else left(masked.value, 1) || '•••' end;
end $$;

create function private.page_limit(page_size int) returns int
language plpgsql immutable set search_path = ''
as $$
begin
  return least(greatest(coalesce(page_limit.page_size, 20), 1), 100);
end $$;

-- Turns limit+1 rows into a page: the extra row only tells that there is more.
create function private.page_of(rows jsonb, size int, keys text[]) returns jsonb
language plpgsql immutable set search_path = ''
as $$
begin
  return jsonb_build_object(
    -- As they are, without the one too many, where nothing has to be taken out of each: a page of an export is a thousand.
    'rows', case when jsonb_array_length(rows) <= page_of.size + 1 and not coalesce(rows -> 0 ? '_sort', false) then rows - page_of.size
      else coalesce((select jsonb_agg(r.value - '_sort' order by r.ordinality) from jsonb_array_elements(rows) with ordinality r where r.ordinality <= page_of.size), '[]') end,
    'next_cursor', case when jsonb_array_length(rows) > page_of.size then
      (select jsonb_object_agg(k, coalesce(rows -> (page_of.size - 1) -> '_sort' -> k, rows -> (page_of.size - 1) -> k)) from unnest(keys) k) end);
end $$;

-- May the current user see personal values of this account's contacts?
create function private.sees_personal(account_id uuid) returns boolean
language plpgsql stable security definer set search_path = ''
as $$
begin
  return exists (select from private.my_rights r where r.account_id = sees_personal.account_id and r.permission = 'contacts.read_personal');
end $$;

-- Stops a read unless the current user belongs to the account and its state lets them in; what they see inside is the query's business.
create function private.require_membership(account_id uuid) returns void
language plpgsql stable security definer set search_path = ''
as $$
begin
  perform private.require_member(require_membership.account_id);
  if not exists (select from private.my_rights r where r.account_id = require_membership.account_id) then
    perform private.refuse_right(require_membership.account_id, 'account.read');
  end if;
end $$;
