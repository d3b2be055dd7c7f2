-- An account may bring its own account at a calling provider. Its calls then go by its own key, its own number and its own line.

-- offered: a key that the provider knows, and nobody of the account has taken yet; a crash leaves it to the sweep, which forgets it after ten minutes.
-- pending: taken, and no number chosen; nothing is dialled by it. working: dialled by. refused: the provider refuses key or payment, its line
-- is held; a call that goes through, or a key that works, ends it. retired: removed or replaced; what was dialled by it still ends by its key.
create type public.connection_state as enum ('offered', 'pending', 'working', 'refused', 'retired');

create table engine.provider_connections (
  id uuid primary key default gen_random_uuid(),
  account_id uuid not null references public.accounts on delete cascade,
  provider text not null,
  -- the provider's own id of its customer: the same again is the same customer with another key
  customer_ref text not null,
  state public.connection_state not null default 'offered',
  -- the key's row in Vault, the only place where the key is; null once it was destroyed
  secret_id uuid,
  last_four text not null constraint only_the_end_of_a_key_is_shown check (char_length(last_four) <= 4),
  -- since when this key is used, and who brought it: what was dialled before says nothing about it
  key_at timestamptz not null default private.now(),
  key_by uuid,
  -- what the provider listed when it was last asked: [{provider_ref, e164, label}]
  numbers jsonb not null default '[]',
  checked_at timestamptz not null default private.now(),
  refused_as text constraint refusal_is_known check (refused_as in ('auth', 'billing')),
  refused_at timestamptz,
  constraint a_refused_one_says_why_and_since_when check ((state = 'refused') = (refused_as is not null) and (refused_as is null) = (refused_at is null)),
  constraint only_a_retired_one_has_no_key check (secret_id is not null or state = 'retired')
);
create index provider_connections_by_account on engine.provider_connections (account_id);
create unique index provider_connections_one_pending on engine.provider_connections (account_id) where state = 'pending';
create unique index provider_connections_one_in_use on engine.provider_connections (account_id) where state in ('working', 'refused');
create index provider_connections_to_forget on engine.provider_connections (account_id) where state in ('offered', 'retired') and secret_id is not null;
alter table engine.provider_connections enable row level security;
create policy "Nobody reads the engine through the API" on engine.provider_connections for all using (false);

-- The line of an account's own connection: one, whichever of its numbers is called from, because calls at once are limited for the whole of it.
alter table engine.provider_lines add column connection_id uuid references engine.provider_connections on delete cascade;
alter table engine.provider_lines add constraint a_connection_has_one_line unique (connection_id);
alter table engine.provider_lines add constraint only_an_own_line_has_a_connection check (connection_id is null or account_id is not null);

-- The line an account calls by: that of its own connection, else the platform's.
create function private.default_line(account_id uuid) returns bigint
language sql stable set search_path = ''
as $$
  select l.id from engine.provider_lines l left join engine.provider_connections c on c.id = l.connection_id
  where l.account_id is null or l.account_id = default_line.account_id and coalesce(c.state in ('working', 'refused'), true)
  order by l.account_id nulls last, l.id limit 1
$$;

-- The platform's own line: what it says in its own name (a code for somebody's number) never goes by an account's connection, whose owner
-- could read it at the provider.
create function private.platform_line() returns bigint
language sql stable set search_path = ''
as $$
  select l.id from engine.provider_lines l where l.account_id is null order by l.id limit 1
$$;

-- Whose key a call is dialled, asked about and deleted with: null is the platform's. plpgsql keeps its plan; every event asks it.
create function private.connection_of(line_id bigint) returns uuid
language plpgsql stable set search_path = ''
as $$
begin
  return (select l.connection_id from engine.provider_lines l where l.id = connection_of.line_id);
end $$;
