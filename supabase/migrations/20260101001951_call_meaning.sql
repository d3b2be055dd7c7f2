-- What a conversation meant, in the account's own words by id or by name, whatever its case; a word that was put away only where the call has
-- it already. Null when none is named. Part of set_disposition: what may be said is told with the refusal.
create function private.named_disposition(call public.calls, id uuid, name text) returns public.dispositions
language plpgsql stable set search_path = ''
as $$
declare
  own public.dispositions := (select d from public.dispositions d where d.account_id = call.account_id
    and (d.id = named_disposition.id or lower(d.name) = lower(private.clean_text(named_disposition.name)))
    and (d.archived_at is null or d.id = call.own_disposition_id));
begin
  if own.id is null and named_disposition.id is not null then
    perform private.raise_error('not_found', 'This disposition does not exist, or it belongs to another account.');
  elsif own.id is null and named_disposition.name is not null then
    perform private.raise_unknown_disposition(call.account_id, 'own_disposition');
  end if;
  return own;
end $$;

-- Refuses a word that does not exist, and names those that do: the platform's, and the account's own.
create function private.raise_unknown_disposition(account_id uuid, field text) returns void
language plpgsql set search_path = ''
as $$
declare
  words text := array_to_string(enum_range(null::public.call_disposition), ', ');
  own text := (select string_agg(d.name, ', ' order by lower(d.name)) from public.dispositions d
    where d.account_id = raise_unknown_disposition.account_id and d.archived_at is null);
begin
  perform private.raise_error('invalid_input', 'There is no such disposition.', jsonb_build_array(jsonb_build_object('field', raise_unknown_disposition.field,
    'code', 'unknown', 'message', case field when 'disposition' then 'Choose one of: ' || words || '.'
      else coalesce('Choose one of: ' || own || '.', 'The account has no words of its own.') end)),
    'disposition takes one of: ' || words || '. own_disposition takes ' || coalesce('one of: ' || own || '.', 'words of the account, which has none yet.'));
end $$;

-- A person, or a machine with a person's session, says what a conversation meant: by one of the platform's words (disposition), or one of the
-- account's own by its id or its name (own_disposition), never by two of the three. Whoever has calls.edit, in the campaign or the account.
-- do_not_call lists the number at once; another word later leaves it on the list. One of the account's own stands beside the platform's word
-- for its meaning. The same again logs nothing.
create function private.set_disposition(call_id uuid, disposition text, own_disposition_id uuid, own_disposition text) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  call public.calls;
  own public.dispositions;
  word public.call_disposition := private.read_disposition(set_disposition.disposition);
begin
  -- Definer: people have no write grant; the permission is checked here.
  select c.* into call from public.calls c where c.id = set_disposition.call_id
    and (c.campaign_id = any(array(select private.campaign_ids('calls.read')))
      or (c.kind = 'test' and c.account_id = any(array(select private.account_ids('calls.read')))));
  if not found then
    perform private.raise_error('not_found', 'This call does not exist, or it belongs to another account.');
  elsif not (call.campaign_id = any(array(select private.campaign_ids('calls.edit')))
    or call.account_id = any(array(select private.account_ids('calls.edit')))) then
    perform private.refuse_right(call.account_id, 'calls.edit');
  end if;
  if num_nonnulls(set_disposition.disposition, set_disposition.own_disposition_id, set_disposition.own_disposition) <> 1 then
    perform private.raise_invalid('disposition', 'required', 'Choose what the conversation meant: one word.');
  elsif word is null and set_disposition.disposition is not null then
    perform private.raise_unknown_disposition(call.account_id, 'disposition');
  end if;
  own := private.named_disposition(call, set_disposition.own_disposition_id, set_disposition.own_disposition);
  word := coalesce(word, private.word_for(own.meaning));
  perform private.lock_account(call.account_id);
  select c.* into call from public.calls c where c.id = call.id for update;
  if call.started_at is null and call.outcome is null then
    perform private.raise_error('conflict', 'Nobody has been reached in this call yet.', jsonb_build_object('state', call.state),
      'Wait until the call is over.');
  end if;
  update public.calls c set disposition = word, own_disposition_id = own.id, disposition_by = auth.uid(), disposition_source = null where c.id = call.id;
  if (call.disposition, call.own_disposition_id) is distinct from (word, own.id) then
    perform private.log_activity(call.account_id, 'call.disposition_set', 'call', call.id,
      jsonb_build_object('before', call.disposition, 'after', word)
        || jsonb_strip_nulls(jsonb_build_object('own_before', call.own_disposition_id, 'own_after', own.id)));
  end if;
  if word = 'do_not_call' then
    perform private.list_number(call.account_id, call.phone, 'disposition', '', call.id);
    perform private.guard_opt_out_rates(array[call.id]);
  end if;
  perform private.note_changed_calls(array[call.id]);
  perform private.broadcast_changes();
  return jsonb_build_object('disposition', word, 'own_disposition', own.name,
    'is_listed', exists (select from public.do_not_call n where n.account_id = call.account_id and n.phone = call.phone));
end $$;
grant execute on function private.set_disposition(uuid, text, uuid, text) to authenticated;
create function public.set_disposition(call_id uuid, disposition text default null, own_disposition_id uuid default null, own_disposition text default null) returns jsonb
language sql set search_path = ''
return private.set_disposition(set_disposition.call_id, set_disposition.disposition, set_disposition.own_disposition_id, set_disposition.own_disposition);
grant execute on function public.set_disposition(uuid, text, uuid, text) to authenticated;
