-- How strongly somebody is signed in. Sessions and second factors are the auth service's own (auth.sessions, auth.mfa_factors): this
-- asks them, so that a token which lives on is worth nothing once its session has ended.

-- The current session: 'ended' (signed out, though its token has not run out), 'unproven' (by one factor, of somebody who has a
-- second), 'aal1' (by one factor, of somebody who has no other), 'aal2' (by two). A token that names no session was not made by the
-- auth service's sign-in; what it claims is signed, too.
-- Definer: sessions and factors are readable by nobody else. plpgsql, as all that every policy asks.
create function private.session_level() returns text
language plpgsql stable security definer set search_path = ''
as $$
declare
  claims jsonb := auth.jwt();
  level text := coalesce(claims ->> 'aal', 'aal1');
begin
  if claims ? 'session_id' then
    select coalesce(s.aal::text, 'aal1') into level from auth.sessions s where s.id = (claims ->> 'session_id')::uuid and s.user_id = auth.uid();
    if not found then
      return 'ended';
    end if;
  end if;
  if level = 'aal1' and exists (select from auth.mfa_factors f where f.user_id = auth.uid() and f.status::text = 'verified') then
    return 'unproven';
  end if;
  return level;
end $$;
grant execute on function private.session_level() to authenticated, service_role;

-- What the current user has to do before an account opens: null, 'show' (their second factor) or 'set_up' (one, because the account asks for it).
create function private.missing_factor(is_required boolean) returns text
language plpgsql stable set search_path = ''
as $$
declare
  level text := private.session_level();
begin
  return case when level = 'unproven' then 'show' when level = 'aal1' and missing_factor.is_required then 'set_up' end;
end $$;

-- Stops whoever is not signed in, or not any more.
create function private.require_session() returns void
language plpgsql stable set search_path = ''
as $$
begin
  if (select auth.uid()) is null then
    perform private.raise_error('unauthenticated', 'Sign in to go on.');
  elsif private.session_level() = 'ended' then
    perform private.raise_error('unauthenticated', 'This session was ended. Sign in again.');
  end if;
end $$;

-- Stops whoever is not signed in, not any more, or by one of two factors: for what belongs to a person and to no account.
create function private.require_proven_session() returns void
language plpgsql stable set search_path = ''
as $$
begin
  perform private.require_session();
  if private.session_level() = 'unproven' then
    perform private.raise_error('forbidden', 'Show your second factor first.', '{"second_factor": "show"}', 'Sign in again with a code of your authenticator app.');
  end if;
end $$;
