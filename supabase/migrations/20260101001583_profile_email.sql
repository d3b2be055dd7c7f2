-- The address that colleagues see and mails go to follows the one that the person signs in with: the auth service changes that when
-- the links of both mails were opened, and calls nobody.

-- Definer: the auth service has no grant on our tables.
create function private.follow_email() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  update public.profiles p set email = new.email where p.id = new.id;
  return null;
end $$;
create trigger profiles_follow_email after update of email on auth.users
  for each row when (new.email is distinct from old.email and new.email is not null) execute function private.follow_email();
