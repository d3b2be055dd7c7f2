-- Keys of accounts' own connections. They lie in Vault, go in by one command and come out by one, both for functions alone; nothing else reads
-- or repeats them: no browser, no log, no line of activity, no notice.

-- For connect-provider, once the provider has listed its numbers with this key: kept for whoever takes it on (connect_provider), else forgotten in ten
-- minutes. listing: {customer_ref, numbers: [{provider_ref, e164, label}]}. {connection_id}.
create function private.keep_provider_key(account_id uuid, provider text, api_key text, listing jsonb) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  kept uuid;
begin
  -- Definer: Vault and engine are granted to nobody.
  insert into engine.provider_connections (account_id, provider, customer_ref, secret_id, last_four, numbers)
  values (keep_provider_key.account_id, keep_provider_key.provider, listing ->> 'customer_ref',
    vault.create_secret(api_key, null, 'The key of an account''s own connection'), right(api_key, 4), listing -> 'numbers')
  returning id into kept;
  return jsonb_build_object('connection_id', kept);
end $$;
grant execute on function private.keep_provider_key(uuid, text, text, jsonb) to service_role;
create function public.keep_provider_key(account_id uuid, provider text, api_key text, listing jsonb) returns jsonb
language sql set search_path = ''
return private.keep_provider_key(keep_provider_key.account_id, keep_provider_key.provider, keep_provider_key.api_key, keep_provider_key.listing);
grant execute on function public.keep_provider_key(uuid, text, text, jsonb) to service_role;

-- For functions that ask a provider in an account's name: {api_key, key_id}, or null when it was destroyed. key_id names the key without telling it. A key that nobody took on yet is nobody's.
create function private.provider_key(connection_id uuid) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
begin
  -- Definer: Vault is nobody's to read.
  return (select jsonb_build_object('api_key', s.decrypted_secret, 'key_id', s.id)
    from engine.provider_connections c join vault.decrypted_secrets s on s.id = c.secret_id
    where c.id = provider_key.connection_id and c.state <> 'offered');
end $$;
grant execute on function private.provider_key(uuid) to service_role;
create function public.provider_key(connection_id uuid) returns jsonb
language sql stable set search_path = ''
return private.provider_key(provider_key.connection_id);
grant execute on function public.provider_key(uuid) to service_role;

-- Destroys the keys of these connections. Those that nothing was ever dialled by go with them. Again changes nothing.
create function private.destroy_keys(connection_ids uuid[]) returns void
language sql set search_path = ''
as $$
  delete from vault.secrets s using engine.provider_connections c where c.id = any(connection_ids) and s.id = c.secret_id;
  delete from engine.provider_connections c where c.id = any(connection_ids) and c.state in ('offered', 'pending');
  update engine.provider_connections c set secret_id = null where c.id = any(connection_ids) and c.state = 'retired';
$$;

-- Whether anything that was dialled by a connection still needs its key: a call that is not settled, one found late, a recording that is being
-- copied, a call that the provider is being told to forget. What is recorded and kept needs none: what the provider has of it, its owner can delete there.
create function private.is_key_needed(connection engine.provider_connections, moment timestamptz) returns boolean
language plpgsql stable set search_path = ''
as $$
declare
  line_id bigint := (select l.id from engine.provider_lines l where l.connection_id = connection.id);
begin
  return exists (select from public.calls c where c.account_id = connection.account_id and c.settled_at is null and c.provider_line_id = line_id)
    or exists (select from public.calls c where c.account_id = connection.account_id and c.created_at > moment - interval '2 days'
      and c.found_late_at > moment - interval '24 hours' and c.provider_line_id = line_id)
    or exists (select from engine.outbox o where o.account_id = connection.account_id and o.kind in ('copy_recording', 'erase_call')
      and o.done_at is null and o.quarantined_at is null and o.payload ->> 'connection_id' = connection.id::text);
end $$;

-- Each minute: keys that nobody took on within ten minutes, and retired ones that nothing needs any more, are destroyed; and a connection that was
-- refused and has put a call through since works again. An account that somebody works on has its turn a minute later.
create function private.sweep_connections(moment timestamptz) returns void
language plpgsql set search_path = ''
as $$
declare
  due record;
begin
  for due in
    select a.account_id from engine.accounts a
    where a.account_id in (select c.account_id from engine.provider_connections c where c.state = 'refused' or (c.state in ('offered', 'retired') and c.secret_id is not null))
    order by a.account_id for update skip locked
  loop
    perform private.destroy_keys(array(select c.id from engine.provider_connections c
      where c.account_id = due.account_id and (c.state = 'offered' and c.key_at < moment - interval '10 minutes'
        or c.state = 'retired' and c.secret_id is not null and not private.is_key_needed(c, moment))));
    perform private.restore_connection(c) from engine.provider_connections c join engine.provider_lines l on l.connection_id = c.id
    where c.account_id = due.account_id and c.state = 'refused' and exists (select from public.calls d
      where d.account_id = due.account_id and d.created_at > c.refused_at - interval '5 minutes' and d.provider_line_id = l.id and d.accepted_at > c.refused_at);
  end loop;
end $$;
