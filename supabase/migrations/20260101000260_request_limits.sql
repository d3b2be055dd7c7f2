-- How often something may be asked for: what works without a session, sends mails, rings people or makes a provider work. Everything
-- else is bounded by its own rules (a try of a code, an order not paid, an invitation to the same address) or by the statement timeout.

-- One line for each kind of request: at most so many in any span of so long, at once or spread. Operators may change them.
create table engine.request_limits (
  kind text primary key,
  most int not null,
  per interval not null,
  constraint a_limit_lets_some_through check (most > 0 and per > interval '0')
);
insert into engine.request_limits (kind, most, per) values
  -- a signed-in person, and everybody behind one address, at the functions that ask providers
  ('function_person', 60, '1 minute'), ('function_address', 600, '1 minute'),
  -- wrong secrets, signatures and tokens; the right ones are never counted, so that nobody can keep a provider out
  ('refused_address', 60, '1 minute'),
  ('unsubscribe_address', 30, '1 minute'),
  -- calls that speak a code, whoever in whichever account asks from there
  ('code_call_address', 20, '1 hour'),
  -- keys of accounts' own connections: nobody tries out a list of them here
  ('provider_key_address', 60, '1 hour'),
  ('open_account_address', 200, '1 day'),
  -- mails to people who did not ask for them, over all accounts of a person
  ('invitation_person', 60, '1 hour');

-- How far each who asks has spent what may be asked for: a moment, up to which the requests so far would have lasted had they come
-- evenly. In the past it means the same as no row. Unlogged: a crash forgives, and no request waits for a disk.
create unlogged table engine.request_rates (
  kind text not null references engine.request_limits on delete cascade,
  -- a person's id or a network address; gone when it no longer counts
  key text not null,
  spent_until timestamptz not null,
  primary key (kind, key)
);
create index request_rates_oldest on engine.request_rates (spent_until);

alter table engine.request_limits enable row level security;
alter table engine.request_rates enable row level security;
create policy "Nobody reads the engine through the API" on engine.request_limits for all using (false);
create policy "Nobody reads the engine through the API" on engine.request_rates for all using (false);

-- Who asks, as far as limits know them: a household has 18 quintillion addresses of version 6, which count as one.
create function private.rate_key(key text) returns text
language sql immutable set search_path = ''
as $$
  select case when pg_input_is_valid(rate_key.key, 'inet') and family(rate_key.key::inet) = 6
    then network(set_masklen(rate_key.key::inet, 64))::text else left(rate_key.key, 100) end
$$;

-- Counts one request. Null: it may go on; else the seconds until it may. Exact also when many ask at the same time, for they take
-- turns at the row. What is counted in a transaction that fails was never asked.
create function private.spend_request(kind text, key text) returns int
language plpgsql set search_path = ''
as $$
declare
  moment timestamptz := private.now();
  who text := private.rate_key(spend_request.key);
  allowed engine.request_limits := (select l from engine.request_limits l where l.kind = spend_request.kind);
  step interval := allowed.per / allowed.most;
begin
  if allowed.kind is null then
    perform private.raise_invalid('kind', 'unknown', 'There is no such limit.');
  end if;
  insert into engine.request_rates as r (kind, key, spent_until) values (allowed.kind, who, moment + step)
  on conflict on constraint request_rates_pkey do update set spent_until = greatest(r.spent_until, moment) + step
    where greatest(r.spent_until, moment) + step <= moment + allowed.per;
  if found then
    return null;
  end if;
  return (select greatest(1, ceil(extract(epoch from r.spent_until + step - allowed.per - moment)))::int
    from engine.request_rates r where r.kind = allowed.kind and r.key = who);
end $$;

-- Before anything is done for a request: kind → who asks, such as {"function_person": "<id>", "function_address": "203.0.113.7"}. Null:
-- all of them let it through; else the longest wait in seconds, and the caller refuses. Each is counted, whatever the others say.
create function private.spend_requests(wishes jsonb) returns int
language plpgsql security definer set search_path = ''
as $$
begin
  -- Definer: asked by the functions alone.
  return (select max(private.spend_request(w.key, w.value)) from (select * from jsonb_each_text(wishes) limit 10) w);
end $$;
grant execute on function private.spend_requests(jsonb) to service_role;
create function public.spend_requests(wishes jsonb) returns int
language sql set search_path = ''
return private.spend_requests(spend_requests.wishes);
grant execute on function public.spend_requests(jsonb) to service_role;

-- Refuses a command that was asked for too often, and says when to come again. Who asks waits for their other requests of this kind to
-- commit: nothing that is locked by account comes after it.
create function private.limit_requests(kind text, key text) returns void
language plpgsql set search_path = ''
as $$
declare
  seconds int := case when limit_requests.key is not null then private.spend_request(limit_requests.kind, limit_requests.key) end;
begin
  if seconds is not null then
    perform private.raise_error('rate_limited', 'This was asked for too often.', jsonb_build_object('retry_after_seconds', seconds));
  end if;
end $$;

-- What is spent up to a moment in the past says nothing any more.
create function private.forget_requests(moment timestamptz) returns void
language sql set search_path = ''
as $$
  delete from engine.request_rates r where (r.kind, r.key) in (
    select o.kind, o.key from engine.request_rates o where o.spent_until < forget_requests.moment order by o.spent_until limit 10000 for update skip locked)
$$;
