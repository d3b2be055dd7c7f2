-- Numbers of people who were erased at their wish: nobody can read them any more, and yet the account does not take one of them in again.

-- What is left of such a number on the do-not-call list: a digest under a secret of the installation, which without that secret tells
-- nothing, and of which two accounts have two. It stays until an owner or admin who knows the number takes it off (remove_opt_out).
create table engine.erased_numbers (
  account_id uuid not null references public.accounts on delete cascade,
  digest bytea not null,
  contact_id uuid not null,
  erased_by uuid,
  erased_at timestamptz not null default private.now(),
  primary key (account_id, digest)
);
alter table engine.erased_numbers enable row level security;
create policy "Nobody reads the engine through the API" on engine.erased_numbers for all using (false);

create function private.number_digest(account_id uuid, phone text) returns bytea
language plpgsql stable set search_path = ''
as $$
begin
  return extensions.hmac(number_digest.account_id || ' ' || number_digest.phone, (select s.number_secret from engine.settings s), 'sha256');
end $$;

-- Was the person with this number erased at their wish? Asked wherever a number comes in; by the dialler never, because a number that is
-- erased belongs to no contact. Most accounts erased nobody, and ask no further than that.
create function private.is_erased_number(account_id uuid, phone text) returns boolean
language plpgsql stable security definer set search_path = ''
as $$
begin
  -- Definer: triggers ask it, whoever acts.
  return exists (select from engine.erased_numbers e where e.account_id = is_erased_number.account_id)
    and exists (select from engine.erased_numbers e
      where e.account_id = is_erased_number.account_id and e.digest = private.number_digest(is_erased_number.account_id, is_erased_number.phone));
end $$;

-- Every way in ends here: forms, files, corrections, an operator's own statement.
create function private.refuse_erased_number() returns trigger
language plpgsql set search_path = ''
as $$
begin
  if private.is_erased_number(new.account_id, new.phone) then
    perform private.raise_error('conflict', 'The person with this number was erased at their wish.', jsonb_build_object('field', 'phone', 'reason', 'erased'),
      'An owner or admin can take the number off the do-not-call list.');
  end if;
  return new;
end $$;
create trigger contacts_refuse_erased_numbers before insert or update of phone on public.contacts
  for each row when (new.phone is not null) execute function private.refuse_erased_number();
