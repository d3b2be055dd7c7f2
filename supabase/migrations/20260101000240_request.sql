-- Where a request came from: what PostgREST knows of it, as the log, limits and lists of addresses read it.

-- A header of the request that this transaction answers; null without one, as in a tick.
create function private.request_header(name text) returns text
language plpgsql stable set search_path = ''
as $$
begin
  return private.clean_text(nullif(current_setting('request.headers', true), '')::jsonb ->> request_header.name);
end $$;

-- Whether a function of ours says this of the current user: the address is signed, for this person, with what the heartbeat shows to functions. Who
-- writes the header without that secret has said nothing.
create function private.is_vouched(address text) returns boolean
language plpgsql stable security definer set search_path = ''
as $$
begin
  -- Definer: Vault is nobody's to read.
  return exists (select from vault.decrypted_secrets s where s.name = 'cron_secret'
    and encode(extensions.hmac(is_vouched.address || ' ' || auth.uid(), s.decrypted_secret, 'sha256'), 'hex') = any(string_to_array(private.request_header('x-client-proof'), ',')));
end $$;

-- The address of whoever asked. Cloudflare, before every hosted project, sets cf-connecting-ip itself whatever the client wrote; elsewhere
-- the gateway next to us wrote the last part of x-forwarded-for (the embedded one writes all of it and takes the other away). What stands
-- before that part is anybody's claim. What a function asks in a person's name comes from the function: it says where the person is.
create function private.request_ip() returns inet
language plpgsql stable set search_path = ''
as $$
declare
  address text := coalesce(private.request_header('cf-connecting-ip'), private.clean_text(split_part(private.request_header('x-forwarded-for'), ',', -1)));
  said text := private.request_header('x-client-address');
begin
  if said is not null and private.is_vouched(said) then
    address := said;
  end if;
  return case when pg_catalog.pg_input_is_valid(address, 'inet') then address::inet end;
end $$;

-- The id that browser, function and database write into their logs; null where it does not look like one.
create function private.request_id() returns text
language plpgsql stable set search_path = ''
as $$
declare
  id text := private.request_header('x-request-id');
begin
  return case when id ~ '^[A-Za-z0-9_-]{8,64}$' then id end;
end $$;

-- Who acts: a person by their session, unless they run the installation and are no member; the product's own functions and its heartbeat;
-- and whoever works in SQL, which only the installation's people can.
create function private.actor_kind(account_id uuid, actor_id uuid) returns public.actor_kind
language plpgsql stable set search_path = ''
as $$
begin
  return case
    when actor_kind.actor_id is not null and exists (select from public.platform_admins p where p.user_id = actor_kind.actor_id)
      and not exists (select from public.members m where m.user_id = actor_kind.actor_id and m.account_id = actor_kind.account_id) then 'platform'
    when actor_kind.actor_id is not null then 'person'
    when private.clean_text(current_setting('request.jwt.claims', true)) is null and private.clean_text(current_setting('outdial.beat', true)) is null then 'platform'
    else 'system' end::public.actor_kind;
end $$;
