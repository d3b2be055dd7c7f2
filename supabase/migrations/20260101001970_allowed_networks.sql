-- From which networks an account opens to its people, decided by its owners. private.admits asks it of every right.

-- What an owner or admin sees: the networks, and from where they look themselves.
create function private.allowed_networks(account_id uuid) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
begin
  -- Definer: the permission is checked here.
  perform private.require_permission(allowed_networks.account_id, 'account.manage');
  return (select jsonb_build_object('networks', coalesce(to_jsonb(a.allowed_networks), '[]'), 'own_address', host(private.request_ip()))
    from public.accounts a where a.id = allowed_networks.account_id);
end $$;
grant execute on function private.allowed_networks(uuid) to authenticated;
create function public.allowed_networks(account_id uuid) returns jsonb
language sql stable set search_path = ''
return private.allowed_networks(allowed_networks.account_id);
grant execute on function public.allowed_networks(uuid) to authenticated;

-- Networks as people write them, 203.0.113.7 or 203.0.113.0/24, each once, in order; null for none. Everything is no network.
create function private.read_networks(networks jsonb) returns cidr[]
language plpgsql immutable set search_path = ''
as $$
declare
  given text[];
begin
  if jsonb_typeof(read_networks.networks) is distinct from 'array' then
    perform private.raise_invalid('networks', 'shape', 'The networks are not readable.');
  end if;
  given := array(select private.clean_text(n) from jsonb_array_elements_text(read_networks.networks) n);
  if cardinality(given) > 50 then
    perform private.raise_invalid('networks', 'count', 'Write fifty networks at most.');
  elsif exists (select from unnest(given) n where n is null or not pg_input_is_valid(n, 'inet')) then
    perform private.raise_invalid('networks', 'shape', 'Write each as 203.0.113.7 or 203.0.113.0/24, one to a line.');
  elsif exists (select from unnest(given) n where masklen(n::inet) < 8) then
    perform private.raise_invalid('networks', 'width', 'A network this wide keeps nobody out. Leave the list empty instead.');
  end if;
  return nullif(array(select distinct network(n::inet) from unnest(given) n order by 1), '{}');
end $$;

-- Owners decide from where the account opens; none means from everywhere. Whoever would lock themselves out is refused. The same again changes and
-- logs nothing. Everybody else outside loses what the account shows with their next request, and open pages hear of it.
create function private.save_allowed_networks(account_id uuid, networks jsonb) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  wanted cidr[];
  account public.accounts;
begin
  -- Definer: people have no write grant; the permission is checked here.
  perform private.require_permission(save_allowed_networks.account_id, 'team.owners');
  wanted := private.read_networks(save_allowed_networks.networks);
  if not private.is_inside(wanted) then
    perform private.raise_invalid('networks', 'own_address', case when private.request_ip() is null then 'Nobody knows from where you come, so you would be locked out.'
      else format('You are at %s, and would be locked out. Add your own address or network first.', host(private.request_ip())) end);
  end if;
  perform private.lock_account(save_allowed_networks.account_id);
  select * into account from public.accounts a where a.id = save_allowed_networks.account_id;
  if account.allowed_networks is distinct from wanted then
    update public.accounts a set allowed_networks = wanted where a.id = account.id;
    perform private.log_activity(account.id, 'account.networks_changed', 'account', account.id, jsonb_build_object('count', coalesce(cardinality(wanted), 0)));
    update engine.accounts a set team_changed_at = private.now(), changed_at = private.now() where a.account_id = account.id;
    perform private.announce('{}');
  end if;
  return private.allowed_networks(account.id);
end $$;
grant execute on function private.save_allowed_networks(uuid, jsonb) to authenticated;
create function public.save_allowed_networks(account_id uuid, networks jsonb) returns jsonb
language sql set search_path = ''
return private.save_allowed_networks(save_allowed_networks.account_id, save_allowed_networks.networks);
grant execute on function public.save_allowed_networks(uuid, jsonb) to authenticated;
