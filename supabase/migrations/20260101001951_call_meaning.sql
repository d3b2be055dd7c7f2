-- A person says what a conversation meant. do_not_call lists the number at once; another word later leaves it on the list. One of
-- the account's own stands beside the platform's word for its meaning.
create function private.set_disposition(call_id uuid, disposition public.call_disposition, own_disposition_id uuid) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  call public.calls;
  own public.dispositions;
  word public.call_disposition := set_disposition.disposition;
begin
  -- Definer: people have no write grant; the permission is checked here.
  select c.* into call from public.calls c where c.id = set_disposition.call_id
    and (c.campaign_id = any(array(select private.campaign_ids('calls.read')))
      or (c.kind = 'test' and c.account_id = any(array(select private.account_ids('calls.read')))));
  if not found then
    perform private.raise_error('not_found', 'This call does not exist, or it belongs to another account.');
  elsif not (call.campaign_id = any(array(select private.campaign_ids('calls.edit')))
    or call.account_id = any(array(select private.account_ids('calls.edit')))) then
    perform private.raise_error('forbidden', 'Your role does not allow this.', '{"permission": "calls.edit"}', 'Ask an owner or admin of the account.');
  end if;
  if set_disposition.own_disposition_id is not null then
    select * into own from public.dispositions d
    where d.id = set_disposition.own_disposition_id and d.account_id = call.account_id and (d.archived_at is null or d.id = call.own_disposition_id);
    if own.id is null then
      perform private.raise_error('not_found', 'This disposition does not exist, or it belongs to another account.');
    end if;
    word := private.word_for(own.meaning);
  elsif word is null then
    perform private.raise_invalid('disposition', 'required', 'Choose what the conversation meant.');
  end if;
  perform private.lock_account(call.account_id);
  select c.* into call from public.calls c where c.id = call.id for update;
  if call.started_at is null and call.outcome is null then
    perform private.raise_error('conflict', 'Nobody has been reached in this call yet.', jsonb_build_object('state', call.state),
      'Wait until the call is over.');
  end if;
  update public.calls c set disposition = word, own_disposition_id = own.id, disposition_by = auth.uid() where c.id = call.id;
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
  return jsonb_build_object('disposition', word,
    'is_listed', exists (select from public.do_not_call n where n.account_id = call.account_id and n.phone = call.phone));
end $$;
grant execute on function private.set_disposition(uuid, public.call_disposition, uuid) to authenticated;
create function public.set_disposition(call_id uuid, disposition public.call_disposition default null, own_disposition_id uuid default null) returns jsonb
language sql set search_path = ''
return private.set_disposition(set_disposition.call_id, set_disposition.disposition, set_disposition.own_disposition_id);
grant execute on function public.set_disposition(uuid, public.call_disposition, uuid) to authenticated;
