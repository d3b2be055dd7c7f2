-- Nobody on the list is called. Every way onto it (a person's word in the conversation, its analysis, a disposition, an import,
-- the API, somebody's hand) goes through one function; one command leads off it.

-- Writes numbers on the list and into its history; those that stand on it already are left as they are. Answers the new ones.
create function private.write_list(account_id uuid, phones text[], source public.opt_out_source, reason text, call_id uuid) returns text[]
language plpgsql set search_path = ''
as $$
declare
  words text := left(coalesce(private.clean_text(write_list.reason), ''), 500);
  added text[];
begin
  with listed as (
    insert into public.do_not_call as d (account_id, phone, source, reason, call_id, created_by)
    select write_list.account_id, n.phone, write_list.source, words, write_list.call_id, auth.uid()
    from (select distinct u.phone from unnest(write_list.phones) u (phone)) n
    -- Who was erased stands there as a digest, and a late word of one of their calls has no number any more.
    where n.phone <> '' and not private.is_erased_number(write_list.account_id, n.phone)
    order by n.phone
    on conflict do nothing
    returning d.phone
  ), remembered as (
    insert into public.do_not_call_history (account_id, phone, change, source, reason, call_id, actor_id)
    select write_list.account_id, l.phone, 'added', write_list.source, words, write_list.call_id, auth.uid() from listed l order by l.phone
  )
  select coalesce(array_agg(l.phone), '{}') into added from listed l;
  perform private.log_activity(write_list.account_id, 'do_not_call.added', 'contact', p.id,
    jsonb_build_object('source', write_list.source, 'call_id', write_list.call_id))
  from unnest(added) n (phone) left join public.contacts p on p.account_id = write_list.account_id and p.phone = n.phone;
  return added;
end $$;

-- Puts numbers on the list and takes them out of every queue in the same transaction: waiting and blocked enrolments of every
-- campaign end as opted out, reserved calls are voided, so that after the commit no dial to them can start. The caller holds the
-- account's lock and has checked who asks. Again changes nothing; nothing but remove_opt_out undoes it.
create function private.list_numbers(account_id uuid, phones text[], source public.opt_out_source, reason text, call_id uuid default null) returns jsonb
language plpgsql set search_path = ''
as $$
declare
  -- First of all: a dial that began before has committed then, and the listing says a later time than the dial does.
  reserved uuid[] := array(select c.id from public.calls c
    where c.account_id = list_numbers.account_id and c.phone = any(list_numbers.phones) and c.state = 'reserved' and c.settled_at is null
    order by c.id for update);
  added text[];
  contact_ids uuid[];
  campaign_ids uuid[];
  ended int;
  voided int;
begin
  added := private.write_list(list_numbers.account_id, list_numbers.phones, list_numbers.source, list_numbers.reason, list_numbers.call_id);
  contact_ids := array(select p.id from public.contacts p where p.account_id = list_numbers.account_id and p.phone = any(list_numbers.phones));
  campaign_ids := array(select distinct e.campaign_id from public.enrolments e where e.contact_id = any(contact_ids) order by 1);
  with leaving as (
    select e.id from public.enrolments e where e.contact_id = any(contact_ids) and e.status in ('waiting', 'blocked')
  ), unqueued as (
    delete from engine.dial_queue q using leaving l where q.enrolment_id = l.id
  )
  update public.enrolments e set status = 'opted_out', reason = 'do_not_call' from leaving l where e.id = l.id;
  get diagnostics ended = row_count;
  voided := private.void_reserved(list_numbers.account_id, reserved);
  perform private.complete_finished_campaigns(campaign_ids);
  return jsonb_build_object('added_count', cardinality(added), 'enrolments_count', ended + voided, 'voided_count', voided);
end $$;

-- One number. Called by the commands below, by a call's tools and at settlement; the caller holds the account's lock.
create function private.list_number(account_id uuid, phone text, source public.opt_out_source, reason text, call_id uuid default null) returns jsonb
language sql set search_path = ''
return private.list_numbers(list_number.account_id, array[list_number.phone], list_number.source, list_number.reason, list_number.call_id)
  || jsonb_build_object('phone', list_number.phone);

-- By hand or by the account's own program, for people with do_not_call.edit. What a call found out is not theirs to claim.
create function private.opt_out_number(account_id uuid, phone text, source public.opt_out_source, reason text) returns jsonb
language plpgsql security definer set search_path = ''
as $$
begin
  -- Definer: people have no write grant; the permission is checked here.
  perform private.require_permission(opt_out_number.account_id, 'do_not_call.edit');
  if not coalesce(private.is_phone(opt_out_number.phone), false) then
    perform private.raise_invalid('phone', 'invalid_number', 'Write the number with its country code, such as +12025550101.');
  elsif opt_out_number.source is null or opt_out_number.source not in ('hand', 'api') then
    perform private.raise_invalid('source', 'not_yours', 'A number is listed by hand or by the API here; imports and calls list it themselves.');
  end if;
  perform private.lock_account(opt_out_number.account_id);
  return private.announce(private.list_number(opt_out_number.account_id, opt_out_number.phone, opt_out_number.source, opt_out_number.reason));
end $$;
grant execute on function private.opt_out_number(uuid, text, public.opt_out_source, text) to authenticated;
create function public.opt_out_number(account_id uuid, phone text, source public.opt_out_source default 'hand', reason text default '') returns jsonb
language sql set search_path = ''
return private.opt_out_number(opt_out_number.account_id, opt_out_number.phone, opt_out_number.source, opt_out_number.reason);
grant execute on function public.opt_out_number(uuid, text, public.opt_out_source, text) to authenticated;

-- Many at once, at most 1,000: the good ones are listed, the others told by their place from 1. The same list again adds none.
create function private.import_do_not_call(account_id uuid, phones jsonb, reason text) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  good text[];
  refused jsonb;
  answer jsonb;
begin
  -- Definer: people have no write grant; the permission is checked here.
  perform private.require_permission(import_do_not_call.account_id, 'do_not_call.edit');
  if jsonb_typeof(import_do_not_call.phones) is distinct from 'array' then
    perform private.raise_invalid('phones', 'shape', 'phones must be a list of numbers.');
  elsif jsonb_array_length(import_do_not_call.phones) > 1000 then
    perform private.raise_error('too_large', 'At most 1,000 numbers at once.', jsonb_build_object('max', 1000), 'Send the rest in a further request.');
  end if;
  -- Only texts are numbers: 12025550101 without quotes has lost its plus.
  select coalesce(array_agg(distinct n.phone) filter (where n.is_good), '{}'),
    coalesce(jsonb_agg(jsonb_build_object('row', n.place, 'field', 'phone', 'code', 'invalid_number') order by n.place) filter (where not n.is_good), '[]')
  into good, refused
  from (
    select e.place, e.value #>> '{}' as phone,
      jsonb_typeof(e.value) = 'string' and coalesce(private.is_phone(e.value #>> '{}'), false) as is_good
    from jsonb_array_elements(import_do_not_call.phones) with ordinality e (value, place)
  ) n;
  perform private.lock_account(import_do_not_call.account_id);
  answer := private.list_numbers(import_do_not_call.account_id, good, 'import', import_do_not_call.reason);
  return private.announce(answer || jsonb_build_object('already_count', cardinality(good) - (answer ->> 'added_count')::int, 'refused', refused));
end $$;
grant execute on function private.import_do_not_call(uuid, jsonb, text) to authenticated;
create function public.import_do_not_call(account_id uuid, phones jsonb, reason text default '') returns jsonb
language sql set search_path = ''
return private.import_do_not_call(import_do_not_call.account_id, import_do_not_call.phones, import_do_not_call.reason);
grant execute on function public.import_do_not_call(uuid, jsonb, text) to authenticated;

-- The only way off the list: an owner or admin, with a reason that stays in the history. It opens nothing again by itself;
-- whoever is to be called is enrolled anew. So is the number of a person who was erased and came back. A number that is not listed (any more) is not found.
create function private.remove_opt_out(account_id uuid, phone text, reason text) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  words text := left(private.clean_text(remove_opt_out.reason), 500);
  was_listed boolean;
begin
  -- Definer: people have no write grant; the permission is checked here.
  perform private.require_permission(remove_opt_out.account_id, 'do_not_call.remove');
  if words is null then
    perform private.raise_invalid('reason', 'required', 'Say why this number may be called again.');
  end if;
  perform private.lock_account(remove_opt_out.account_id);
  with listed as (
    delete from public.do_not_call d where d.account_id = remove_opt_out.account_id and d.phone = remove_opt_out.phone returning 1
  ), erased as (
    delete from engine.erased_numbers e
    where e.account_id = remove_opt_out.account_id and e.digest = private.number_digest(remove_opt_out.account_id, remove_opt_out.phone) returning 1
  )
  select count(*) > 0 into was_listed from (select from listed union all select from erased) l;
  if not was_listed then
    perform private.raise_error('not_found', 'This number is not on your do-not-call list.');
  end if;
  insert into public.do_not_call_history (account_id, phone, change, source, reason, actor_id)
  values (remove_opt_out.account_id, remove_opt_out.phone, 'removed', 'hand', words, auth.uid());
  perform private.log_activity(remove_opt_out.account_id, 'do_not_call.removed', 'contact', (select p.id from public.contacts p
    where p.account_id = remove_opt_out.account_id and p.phone = remove_opt_out.phone));
  return jsonb_build_object('phone', remove_opt_out.phone);
end $$;
grant execute on function private.remove_opt_out(uuid, text, text) to authenticated;
create function public.remove_opt_out(account_id uuid, phone text, reason text) returns jsonb
language sql set search_path = ''
return private.remove_opt_out(remove_opt_out.account_id, remove_opt_out.phone, remove_opt_out.reason);
grant execute on function public.remove_opt_out(uuid, text, text) to authenticated;
