-- The platform's terms of use: their texts by version, and which account accepted which. No campaign starts without the newest.

-- A version is never changed once somebody accepted it: what was agreed to must stay readable. A new text is a new row.
create table public.terms (
  version int primary key constraint terms_are_counted_from_one check (version > 0),
  title text not null,
  -- [{heading, text}]
  sections jsonb not null constraint sections_are_a_list check (jsonb_typeof(sections) = 'array'),
  published_at timestamptz not null default private.now()
);

-- For the account, by a person who may start campaigns.
create table public.terms_acceptances (
  account_id uuid not null references public.accounts on delete cascade,
  version int not null references public.terms,
  accepted_by uuid not null,
  accepted_at timestamptz not null default private.now(),
  primary key (account_id, version)
);
create index terms_acceptances_by_version on public.terms_acceptances (version);

grant select on public.terms, public.terms_acceptances to authenticated, service_role;
alter table public.terms enable row level security;
alter table public.terms_acceptances enable row level security;
create policy "Everybody can read the terms" on public.terms for select to authenticated using (true);
create policy "Members can view what their account accepted" on public.terms_acceptances for select to authenticated
  using (account_id = any(array(select private.account_ids('account.read'))));

-- The version that holds now; null on an installation without terms.
create function private.current_terms_version() returns int
language sql stable set search_path = ''
return (select max(t.version) from public.terms t where t.published_at <= private.now());

-- True where there are no terms.
create function private.has_accepted_terms(account_id uuid) returns boolean
language sql stable set search_path = ''
return private.current_terms_version() is null or exists (select from public.terms_acceptances x
  where x.account_id = has_accepted_terms.account_id and x.version = private.current_terms_version());

-- The terms that hold now, and who accepted them for the account; null on an installation without terms.
create function private.current_terms(account_id uuid) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
begin
  -- Definer: the name of a person who has left since; the permission is checked here.
  perform private.require_permission(current_terms.account_id, 'account.read');
  return (
    select jsonb_build_object('version', t.version, 'title', t.title, 'sections', t.sections, 'published_at', t.published_at, 'accepted_at', x.accepted_at,
      'accepted_by_name', (select coalesce(nullif(p.name, ''), p.email) from public.profiles p where p.id = x.accepted_by))
    from public.terms t left join public.terms_acceptances x on x.version = t.version and x.account_id = current_terms.account_id
    where t.version = private.current_terms_version());
end $$;
grant execute on function private.current_terms(uuid) to authenticated;
create function public.current_terms(account_id uuid) returns jsonb
language sql stable set search_path = ''
return private.current_terms(current_terms.account_id);
grant execute on function public.current_terms(uuid) to authenticated;

-- Accepts the terms for the account, by a person who may start its campaigns. version: the one that person read; another than the
-- newest is a conflict. Again changes nothing: who accepted first stays on record.
create function private.accept_terms(account_id uuid, version int) returns jsonb
language plpgsql security definer set search_path = ''
as $$
begin
  -- Definer: people have no write grant; the permission is checked here.
  perform private.require_permission(accept_terms.account_id, 'campaigns.run');
  if accept_terms.version is distinct from private.current_terms_version() then
    perform private.raise_error('conflict', 'These are not the newest terms.', jsonb_build_object('version', private.current_terms_version()),
      'Load the page again to read the newest.');
  end if;
  insert into public.terms_acceptances (account_id, version, accepted_by) values (accept_terms.account_id, accept_terms.version, auth.uid())
  on conflict do nothing;
  if found then
    perform private.log_activity(accept_terms.account_id, 'terms.accepted', 'account', accept_terms.account_id, jsonb_build_object('version', accept_terms.version));
  end if;
  return private.current_terms(accept_terms.account_id);
end $$;
grant execute on function private.accept_terms(uuid, int) to authenticated;
create function public.accept_terms(account_id uuid, version int) returns jsonb
language sql set search_path = ''
return private.accept_terms(accept_terms.account_id, accept_terms.version);
grant execute on function public.accept_terms(uuid, int) to authenticated;
