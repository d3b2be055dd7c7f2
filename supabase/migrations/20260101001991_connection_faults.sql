-- When a provider refuses an account's own key, and when it takes it again.

-- A refusal for key, money or daily limit holds the line for a while. Of an own connection, key and money are its owner's business: its people
-- are told, once while it lasts, and can give it another key. What was dialled before a key came says nothing about that key. Part of
-- record_dial; the account is locked.
create function private.hold_line(call public.calls, class text, length interval) returns void
language plpgsql set search_path = ''
as $$
declare
  moment timestamptz := private.now();
  connection engine.provider_connections := (select c from engine.provider_connections c where c.id = private.connection_of(call.provider_line_id));
begin
  if connection.key_at > call.dialled_at then
    return;
  end if;
  update engine.provider_lines l set hold_reason = class, hold_until = moment + length where l.id = call.provider_line_id;
  update engine.provider_connections c set state = 'refused', refused_as = class, refused_at = moment
  where c.id = connection.id and c.state in ('working', 'refused') and class in ('auth', 'billing');
  if found then
    perform private.notify(call.account_id, null, 'provider_refused', jsonb_build_object('code', class));
  end if;
end $$;

-- The connection works again: its line is open, and what its people were told is over. The account is locked. Again changes nothing.
create function private.restore_connection(connection engine.provider_connections) returns void
language plpgsql set search_path = ''
as $$
begin
  update engine.provider_connections c set state = 'working', refused_as = null, refused_at = null where c.id = connection.id and c.state = 'refused';
  if not found then
    return;
  end if;
  perform private.resolve_notices(connection.account_id, null, '{provider_refused}');
  perform private.wake(connection.account_id);
  update engine.provider_lines l set hold_reason = null, hold_until = null where l.connection_id = connection.id and l.hold_reason in ('auth', 'billing');
end $$;

-- For connect-provider: what the provider listed when it was asked again with the key that provider_key named key_id. An answer about a key that
-- was replaced meanwhile changes nothing. Calls decide whether a key is refused; a listing ends that, but says nothing about money.
create function private.record_provider_listing(connection_id uuid, key_id uuid, listing jsonb) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  connection engine.provider_connections := (select c from engine.provider_connections c where c.id = record_provider_listing.connection_id);
begin
  -- Definer: engine tables are granted to nobody.
  perform private.lock_account(connection.account_id) where connection.id is not null;
  update engine.provider_connections c set checked_at = private.now(), numbers = listing -> 'numbers'
  where c.id = connection.id and c.secret_id = record_provider_listing.key_id and c.customer_ref = listing ->> 'customer_ref' and c.state in ('pending', 'working', 'refused')
  returning * into connection;
  if found and connection.refused_as = 'auth' then
    perform private.restore_connection(connection);
  end if;
  return private.announce('{}');
end $$;
grant execute on function private.record_provider_listing(uuid, uuid, jsonb) to service_role;
create function public.record_provider_listing(connection_id uuid, key_id uuid, listing jsonb) returns jsonb
language sql set search_path = ''
return private.record_provider_listing(record_provider_listing.connection_id, record_provider_listing.key_id, record_provider_listing.listing);
grant execute on function public.record_provider_listing(uuid, uuid, jsonb) to service_role;
