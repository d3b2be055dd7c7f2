-- What people see of the connection their account calls by.

-- One connection for the page. What its provider lists is for those who choose from it.
create function private.connection_row(connection engine.provider_connections, sees_numbers boolean) returns jsonb
language plpgsql stable set search_path = ''
as $$
begin
  return jsonb_build_object('id', connection.id, 'provider', connection.provider, 'state', connection.state, 'last_four', connection.last_four, 'key_at', connection.key_at,
    'key_by_name', (select coalesce(nullif(p.name, ''), p.email) from public.profiles p where p.id = connection.key_by), 'checked_at', connection.checked_at,
    'refused_as', connection.refused_as, 'refused_at', connection.refused_at,
    'numbers', case when sees_numbers then connection.numbers else '[]' end);
end $$;

-- {line: {e164, label, provider_ref, is_own, concurrency_max, in_flight, hold_reason, hold_until}, connection, pending}: the line that the account
-- calls by, its own connection, and one whose number is still to be chosen; null where there is none. Neither key nor part of it but its last four.
create function private.get_provider(account_id uuid) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
declare
  sees_numbers boolean;
begin
  -- Definer: all of it lies in engine.
  perform private.require_permission(get_provider.account_id, 'account.read');
  sees_numbers := get_provider.account_id = any(array(select private.account_ids('account.manage')));
  return jsonb_build_object(
    'line', (select jsonb_build_object('e164', n.e164, 'label', n.label, 'provider_ref', case when l.connection_id is not null then n.provider_ref end,
        'is_own', l.connection_id is not null, 'concurrency_max', l.concurrency_max, 'in_flight', case when l.connection_id is not null then l.in_flight end,
        'hold_reason', case when l.hold_until > private.now() then l.hold_reason end, 'hold_until', case when l.hold_until > private.now() then l.hold_until end)
      from engine.accounts a join engine.provider_lines l on l.id = a.provider_line_id join public.phone_numbers n on n.id = l.phone_number_id
      where a.account_id = get_provider.account_id),
    'connection', (select private.connection_row(c, sees_numbers) from engine.provider_connections c
      where c.account_id = get_provider.account_id and c.state in ('working', 'refused')),
    'pending', (select private.connection_row(c, sees_numbers) from engine.provider_connections c
      where c.account_id = get_provider.account_id and c.state = 'pending'));
end $$;
grant execute on function private.get_provider(uuid) to authenticated;
create function public.get_provider(account_id uuid) returns jsonb
language sql stable set search_path = ''
return private.get_provider(get_provider.account_id);
grant execute on function public.get_provider(uuid) to authenticated;
