-- What state an account is in, and what its members may do there then.

alter table public.accounts
  add column status public.account_status not null default 'active',
  -- whoever changed the state said why; shown to the account's people
  add column status_reason text constraint status_reason_is_short check (char_length(status_reason) between 1 and 500),
  add column status_at timestamptz not null default private.now(),
  -- of a suspension a platform operator, of a closing an owner
  add column status_by uuid references auth.users on delete set null,
  -- of a closed one: from when on it is erased; until then an owner can open it again
  add column erase_at timestamptz,
  add column erased_at timestamptz,
  -- so that its creator does not get an empty one of the same name by signing in again
  add column erased_name_digest text,
  -- the app signs a person out after so many minutes without a touch; 0: never
  add column idle_minutes int not null default 0 constraint idle_minutes_are_five_to_a_day check (idle_minutes = 0 or idle_minutes between 5 and 1440),
  -- opens to nobody without a second factor
  add column requires_second_factor boolean not null default false,
  -- speaks of people's health: whoever is neither owner nor admin sees no personal values, and more (hipaa_mode.sql)
  add column is_hipaa boolean not null default false,
  -- opens from these networks alone; null: from everywhere
  add column allowed_networks cidr[] constraint networks_are_one_to_fifty check (cardinality(allowed_networks) between 1 and 50),
  -- Does anything limit what members may do here beyond their role? One look at a row that is read anyway: of nearly all accounts nothing more
  -- is asked. Never written, always what the other columns say.
  add column is_restricted boolean not null generated always as (status <> 'active' or requires_second_factor or allowed_networks is not null) stored,
  add constraint hipaa_asks_for_two_factors_and_signs_idle_people_out check (not is_hipaa or requires_second_factor and idle_minutes between 5 and 15),
  add constraint a_suspension_has_a_reason check (status <> 'suspended' or status_reason is not null),
  add constraint only_what_is_closed_is_erased check (erase_at is null or status = 'closed'),
  add constraint only_what_was_due_is_erased check (erased_at is null or erased_at >= erase_at);
create index accounts_to_erase on public.accounts (erase_at) where erase_at is not null and erased_at is null;
create index accounts_by_who_changed_their_state on public.accounts (status_by) where status_by is not null;

-- Rights that change nothing: to look, to see whole numbers, to listen. A test lists every permission there is by this.
create function private.is_reading(permission text) returns boolean
language sql immutable set search_path = ''
return is_reading.permission ~ '\.(read|read_personal|listen)$';

-- Whether the request comes from one of these networks. Who comes from nowhere that a gateway named does not; but topics of the realtime service
-- are not asked, for it does not say where a socket comes from, and what it tells are ids and counters.
create function private.is_inside(networks cidr[]) returns boolean
language plpgsql stable set search_path = ''
as $$
begin
  return is_inside.networks is null or nullif(current_setting('realtime.topic', true), '') is not null
    or coalesce(private.request_ip() <<= any(is_inside.networks), false);
end $$;

-- May the current user, who has this role in a restricted account, use a right of the role? Suspended: only to read. Closed: only its owners, and
-- only to read. This is the one place where anything about an account limits what its members may do: every policy and every command asks it
-- through private.my_rights. A further condition (a second factor, an allowed network) is three lines here: its column above, its term in
-- is_restricted, and its refusal in this case; and a sentence in private.refuse_right for whoever meets it.
create function private.admits(account public.accounts, role public.member_role, permission text) returns boolean
language plpgsql stable set search_path = ''
as $$
begin
  return case
    when not private.is_inside(account.allowed_networks) then false
    when account.requires_second_factor and private.session_level() <> 'aal2' then false
    when account.is_hipaa and admits.permission = 'contacts.read_personal' and admits.role not in ('owner', 'admin') then false
    when account.status = 'suspended' and not private.is_reading(admits.permission) then false
    when account.status = 'closed' and not (admits.role = 'owner' and private.is_reading(admits.permission)) then false
    else true end;
end $$;

-- What the current user may do, by account: nothing in a session that has ended, or before they showed the second factor they have. Read by
-- definer functions alone: account_ids, campaign_ids, sees_personal and what lists a person's rights.
create view private.my_rights as
select m.account_id, m.user_id, p.permission, p.scope
from public.members m
join public.accounts a on a.id = m.account_id
join public.role_permissions p on p.role = m.role
where m.user_id = (select auth.uid()) and (select private.session_level()) in ('aal1', 'aal2') and (not a.is_restricted or private.admits(a, m.role, p.permission));

-- Ends a command of a member who does not hold the right: names what stands in the way, the state of the account before the role.
create function private.refuse_right(account_id uuid, permission text) returns void
language plpgsql stable set search_path = ''
as $$
declare
  account public.accounts := (select a from public.accounts a where a.id = refuse_right.account_id);
  asked jsonb := jsonb_build_object('permission', refuse_right.permission);
  factor text := private.missing_factor(account.requires_second_factor);
begin
  if not private.is_inside(account.allowed_networks) then
    perform private.raise_error('forbidden', 'This account opens only from its own networks.', asked || '{"state": "outside"}', 'Connect to one of them, or ask an owner of the account.');
  elsif factor = 'show' then
    perform private.raise_error('forbidden', 'Show your second factor first.', asked || '{"second_factor": "show"}', 'Sign in again with a code of your authenticator app.');
  elsif factor = 'set_up' then
    perform private.raise_error('forbidden', 'This account opens only to people with a second factor.', asked || '{"second_factor": "set_up"}', 'Set one up, then try again.');
  elsif account.status = 'active' and account.is_hipaa and refuse_right.permission = 'contacts.read_personal' then
    perform private.raise_error('forbidden', 'In HIPAA mode only owners and admins see personal values.', asked || '{"state": "hipaa"}', 'Ask one of them.');
  elsif account.status = 'active' then
    perform private.raise_error('forbidden', 'Your role does not allow this.', asked, 'Ask an owner or admin of the account.');
  elsif account.status = 'suspended' then
    perform private.raise_error('forbidden', 'This account is suspended: everything can be read, nothing changed.', asked || '{"state": "suspended"}',
      'Ask the support of the platform.');
  end if;
  perform private.raise_error('forbidden', 'This account is closed.', asked || '{"state": "closed"}', 'An owner can open it again within thirty days.');
end $$;

-- Stops what changes something and asks only for a right to read, such as a note on a contact, while the account is not active.
create function private.require_active(account_id uuid, permission text) returns void
language plpgsql stable set search_path = ''
as $$
begin
  if exists (select from public.accounts a where a.id = require_active.account_id and a.status <> 'active') then
    perform private.refuse_right(require_active.account_id, require_active.permission);
  end if;
end $$;
