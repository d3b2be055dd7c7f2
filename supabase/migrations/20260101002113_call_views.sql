-- Filters of the call log under a name. Each person has their own: what one looks for may be a name or a number that colleagues may not see.
-- A colleague gets a view by its address.

create table public.call_views (
  id uuid primary key default private.time_ordered_id(),
  account_id uuid not null references public.accounts on delete cascade,
  user_id uuid not null references auth.users on delete cascade,
  name text not null constraint view_name_is_short check (char_length(name) between 1 and 60),
  -- the address's query, as the page writes and reads it
  query text not null constraint query_is_short check (char_length(query) between 1 and 2000),
  created_at timestamptz not null default private.now()
);
create unique index call_views_one_name on public.call_views (account_id, user_id, lower(name));
create index call_views_by_user on public.call_views (user_id);

grant select on public.call_views to authenticated, service_role;
alter table public.call_views enable row level security;
create policy "People can view their own views" on public.call_views for select to authenticated using (user_id = (select private.proven_person()));

-- The current user's views in an account, by name.
create function private.list_call_views(account_id uuid) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
begin
  -- Definer: as all reads; a member's own rows alone.
  perform private.require_membership(list_call_views.account_id);
  return (select coalesce(jsonb_agg(jsonb_build_object('id', v.id, 'name', v.name, 'query', v.query) order by lower(v.name)), '[]')
    from public.call_views v where v.account_id = list_call_views.account_id and v.user_id = auth.uid());
end $$;
grant execute on function private.list_call_views(uuid) to authenticated;
create function public.list_call_views(account_id uuid) returns jsonb
language sql stable set search_path = ''
return private.list_call_views(list_call_views.account_id);
grant execute on function public.list_call_views(uuid) to authenticated;

-- Keeps a filter under a name, for the current user; one of that name is replaced. At most fifty.
create function private.save_call_view(account_id uuid, name text, query text) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  clean_name text := private.clean_text(save_call_view.name);
  view_id uuid;
begin
  -- Definer: people have no write grant; it is their own view.
  perform private.require_membership(save_call_view.account_id);
  if clean_name is null then
    perform private.raise_invalid('name', 'required', 'Give it a name.');
  elsif char_length(clean_name) > 60 then
    perform private.raise_invalid('name', 'too_long', 'Choose a shorter name.');
  elsif coalesce(save_call_view.query, '') = '' or char_length(save_call_view.query) > 2000 then
    perform private.raise_invalid('query', 'required', 'Choose at least one filter.');
  end if;
  update public.call_views v set name = clean_name, query = save_call_view.query
  where v.account_id = save_call_view.account_id and v.user_id = auth.uid() and lower(v.name) = lower(clean_name) returning v.id into view_id;
  if view_id is null then
    if (select count(*) from public.call_views v where v.account_id = save_call_view.account_id and v.user_id = auth.uid()) >= 50 then
      perform private.raise_invalid('name', 'too_many', 'Delete a view first: fifty are kept.');
    end if;
    insert into public.call_views (account_id, user_id, name, query) values (save_call_view.account_id, auth.uid(), clean_name, save_call_view.query)
    on conflict do nothing returning id into view_id;
  end if;
  return jsonb_build_object('view_id', view_id);
end $$;
grant execute on function private.save_call_view(uuid, text, text) to authenticated;
create function public.save_call_view(account_id uuid, name text, query text) returns jsonb
language sql set search_path = ''
return private.save_call_view(save_call_view.account_id, save_call_view.name, save_call_view.query);
grant execute on function public.save_call_view(uuid, text, text) to authenticated;

create function private.delete_call_view(view_id uuid) returns jsonb
language plpgsql security definer set search_path = ''
as $$
begin
  -- Definer: people have no write grant; only their own row goes.
  delete from public.call_views v where v.id = delete_call_view.view_id and v.user_id = auth.uid();
  if not found then
    perform private.raise_error('not_found', 'This view does not exist any more.');
  end if;
  return '{}';
end $$;
grant execute on function private.delete_call_view(uuid) to authenticated;
create function public.delete_call_view(view_id uuid) returns jsonb
language sql set search_path = ''
return private.delete_call_view(delete_call_view.view_id);
grant execute on function public.delete_call_view(uuid) to authenticated;
