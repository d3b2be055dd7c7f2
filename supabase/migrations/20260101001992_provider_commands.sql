-- What people who run an account do with its own connection to a provider. connect-provider asks the provider in between; whether somebody may,
-- and what follows, is decided here.

-- A connection of the account as it is under the account's lock; not_found for whoever may not know of it, conflict when somebody else was faster.
create function private.lock_connection(connection_id uuid, states public.connection_state[]) returns engine.provider_connections
language plpgsql set search_path = ''
as $$
declare
  connection engine.provider_connections := (select c from engine.provider_connections c where c.id = lock_connection.connection_id);
begin
  perform private.require_permission(connection.account_id, 'account.manage');
  perform private.lock_account(connection.account_id);
  select c.* into connection from engine.provider_connections c where c.id = connection.id;
  if not found or connection.state <> all(states) then
    perform private.raise_error('conflict', 'This connection has changed meanwhile.', jsonb_build_object('state', coalesce(connection.state::text, 'forgotten')), 'Load the page again.');
  end if;
  return connection;
end $$;

-- Asked by connect-provider with the person's token before anything is told to a provider: may they change the connection? With a connection
-- named: is it their account's, and has it still a key? {}.
create function private.check_provider_right(account_id uuid, connection_id uuid) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
begin
  -- Definer: engine tables are granted to nobody; the permission is checked here.
  perform private.require_permission(check_provider_right.account_id, 'account.manage');
  if check_provider_right.connection_id is not null and not exists (select from engine.provider_connections c
    where c.id = check_provider_right.connection_id and c.account_id = check_provider_right.account_id and c.state in ('pending', 'working', 'refused')) then
    perform private.raise_error('not_found', 'This connection does not exist any more.');
  end if;
  return '{}';
end $$;
grant execute on function private.check_provider_right(uuid, uuid) to authenticated;
create function public.check_provider_right(account_id uuid, connection_id uuid default null) returns jsonb
language sql stable set search_path = ''
return private.check_provider_right(check_provider_right.account_id, check_provider_right.connection_id);
grant execute on function public.check_provider_right(uuid, uuid) to authenticated;

-- offered → pending, by connect-provider with the person's token. A key of a provider's customer whom the account has already replaces that
-- one's key: the old one is destroyed at once, because the new one reaches all that the old one did. One that was pending and led to nothing is
-- forgotten. {connection_id, is_replacement}.
create function private.connect_provider(connection_id uuid) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  -- Definer: people have no write grant in engine; lock_connection checks the permission.
  offered engine.provider_connections := private.lock_connection(connect_provider.connection_id, '{offered}');
  known engine.provider_connections;
begin
  update engine.accounts a set changed_at = private.now() where a.account_id = offered.account_id;
  select c.* into known from engine.provider_connections c
  where c.account_id = offered.account_id and (c.provider, c.customer_ref) = (offered.provider, offered.customer_ref) and c.state in ('pending', 'working', 'refused')
  order by c.state = 'pending' limit 1;
  if known.id is not null then
    delete from vault.secrets s where s.id = known.secret_id;
    delete from engine.provider_connections c where c.id = offered.id;
    update engine.provider_connections c set secret_id = offered.secret_id, last_four = offered.last_four, numbers = offered.numbers, key_at = private.now(),
      key_by = auth.uid(), checked_at = offered.checked_at where c.id = known.id;
    perform private.restore_connection(known);
    perform private.log_activity(known.account_id, 'provider.key_replaced', 'account', known.account_id, jsonb_build_object('provider', known.provider));
    return private.announce(jsonb_build_object('connection_id', known.id, 'is_replacement', true));
  end if;
  perform private.destroy_keys(array(select c.id from engine.provider_connections c where c.account_id = offered.account_id and c.state = 'pending'));
  update engine.provider_connections c set state = 'pending', key_at = private.now(), key_by = auth.uid() where c.id = offered.id;
  perform private.log_activity(offered.account_id, 'provider.connected', 'account', offered.account_id, jsonb_build_object('provider', offered.provider));
  return private.announce(jsonb_build_object('connection_id', offered.id, 'is_replacement', false));
end $$;
grant execute on function private.connect_provider(uuid) to authenticated;
create function public.connect_provider(connection_id uuid) returns jsonb
language sql set search_path = ''
return private.connect_provider(connect_provider.connection_id);
grant execute on function public.connect_provider(uuid) to authenticated;

-- The account's row of a number that its connection listed; whatever else it called from is not called from any more. One number is one
-- account's: that of another, or the platform's, is refused.
create function private.take_number(connection engine.provider_connections, listed jsonb) returns uuid
language plpgsql set search_path = ''
as $$
declare
  taken uuid;
begin
  update public.phone_numbers n set removed_at = private.now()
  where n.account_id = connection.account_id and n.removed_at is null and (n.provider, n.provider_ref) <> (connection.provider, listed ->> 'provider_ref');
  if exists (select from public.phone_numbers n where n.account_id is null and n.removed_at is null and n.e164 = listed ->> 'e164') then
    perform private.raise_invalid('provider_ref', 'platform', 'This number is the platform''s own.');
  end if;
  insert into public.phone_numbers as n (account_id, e164, label, provider, provider_ref)
  values (connection.account_id, listed ->> 'e164', listed ->> 'label', connection.provider, listed ->> 'provider_ref')
  on conflict (provider, provider_ref) where removed_at is null do update set label = excluded.label where n.account_id = connection.account_id and n.e164 = excluded.e164
  returning n.id into taken;
  if taken is null then
    perform private.raise_invalid('provider_ref', 'taken', 'Another account calls from this number.');
  end if;
  return taken;
end $$;

-- Calls of a line that were claimed and not begun go back to the queue: nothing new is dialled by a connection that was left.
create function private.leave_line(account_id uuid, line_id bigint) returns void
language sql set search_path = ''
as $$
  select private.void_reserved(leave_line.account_id, array(select c.id from public.calls c
    where c.account_id = leave_line.account_id and c.settled_at is null and c.provider_line_id = leave_line.line_id order by c.id))
$$;

-- The account calls from this number of its connection, with so many calls at once, from the next dial on; what is on its way goes on by what it was
-- dialled with. A pending connection works from now on, and the one before it is retired. Again changes nothing and logs nothing. {}.
create function private.choose_provider_number(connection_id uuid, provider_ref text, concurrency_max int) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  -- Definer: people have no write grant; lock_connection checks the permission.
  connection engine.provider_connections := private.lock_connection(choose_provider_number.connection_id, '{pending,working,refused}');
  before engine.provider_lines := (select l from engine.provider_lines l where l.connection_id = connection.id);
  listed jsonb := (select n.value from jsonb_array_elements(connection.numbers) n where n.value ->> 'provider_ref' = choose_provider_number.provider_ref);
  number_id uuid;
  line_id bigint;
begin
  if listed is null then
    perform private.raise_invalid('provider_ref', 'unknown', 'The provider does not list this number.');
  elsif not coalesce(choose_provider_number.concurrency_max between 1 and 100, false) then
    perform private.raise_invalid('concurrency_max', 'range', 'Choose from 1 to 100 calls at once.');
  end if;
  if connection.state = 'pending' then
    perform private.retire_connections(connection.account_id);
    update engine.provider_connections c set state = 'working' where c.id = connection.id;
  end if;
  number_id := private.take_number(connection, listed);
  if before.phone_number_id <> number_id then
    perform private.leave_line(connection.account_id, before.id);
  end if;
  insert into engine.provider_lines as l (account_id, connection_id, phone_number_id, concurrency_max, calls_per_second, tokens)
  values (connection.account_id, connection.id, number_id, choose_provider_number.concurrency_max, 1, choose_provider_number.concurrency_max)
  on conflict on constraint a_connection_has_one_line do update
  set phone_number_id = excluded.phone_number_id, concurrency_max = excluded.concurrency_max, tokens = least(l.tokens, excluded.concurrency_max)
  returning l.id into line_id;
  update engine.accounts a set provider_line_id = line_id, changed_at = private.now() where a.account_id = connection.account_id;
  if (before.phone_number_id, before.concurrency_max) is distinct from (number_id, choose_provider_number.concurrency_max) then
    perform private.log_activity(connection.account_id, case when before.phone_number_id = number_id then 'provider.limit_changed' else 'provider.number_chosen' end,
      'account', connection.account_id, jsonb_build_object('provider', connection.provider, 'concurrency_max', choose_provider_number.concurrency_max));
    perform private.wake(connection.account_id);
  end if;
  return private.announce('{}');
end $$;
grant execute on function private.choose_provider_number(uuid, text, int) to authenticated;
create function public.choose_provider_number(connection_id uuid, provider_ref text, concurrency_max int) returns jsonb
language sql set search_path = ''
return private.choose_provider_number(choose_provider_number.connection_id, choose_provider_number.provider_ref, choose_provider_number.concurrency_max);
grant execute on function public.choose_provider_number(uuid, text, int) to authenticated;

-- What an account calls by on its own is left: retired, its number free for others, and the account on the platform's line. The key stays
-- until nothing needs it (sweep_connections). The account is locked. Again changes nothing.
create function private.retire_connections(account_id uuid) returns void
language plpgsql set search_path = ''
as $$
declare
  line record;
begin
  for line in
    select l.id from engine.provider_lines l join engine.provider_connections c on c.id = l.connection_id
    where c.account_id = retire_connections.account_id and c.state in ('working', 'refused') order by l.id
  loop
    perform private.leave_line(retire_connections.account_id, line.id);
  end loop;
  update engine.provider_connections c set state = 'retired', refused_as = null, refused_at = null, numbers = '[]'
  where c.account_id = retire_connections.account_id and c.state in ('working', 'refused');
  if found then
    update public.phone_numbers n set removed_at = private.now() where n.account_id = retire_connections.account_id and n.removed_at is null;
    update engine.accounts a set provider_line_id = private.default_line(a.account_id) where a.account_id = retire_connections.account_id;
    perform private.resolve_notices(retire_connections.account_id, null, '{provider_refused}');
    perform private.wake(retire_connections.account_id);
  end if;
end $$;

-- The account calls by the platform's line again; a connection that was pending is forgotten, key and all. {}.
create function private.remove_provider(connection_id uuid) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  -- Definer: people have no write grant in engine; lock_connection checks the permission.
  connection engine.provider_connections := private.lock_connection(remove_provider.connection_id, '{pending,working,refused}');
begin
  if connection.state = 'pending' then
    perform private.destroy_keys(array[connection.id]);
  else
    perform private.retire_connections(connection.account_id);
  end if;
  update engine.accounts a set changed_at = private.now() where a.account_id = connection.account_id;
  perform private.log_activity(connection.account_id, 'provider.removed', 'account', connection.account_id, jsonb_build_object('provider', connection.provider));
  return private.announce('{}');
end $$;
grant execute on function private.remove_provider(uuid) to authenticated;
create function public.remove_provider(connection_id uuid) returns jsonb
language sql set search_path = ''
return private.remove_provider(remove_provider.connection_id);
grant execute on function public.remove_provider(uuid) to authenticated;
