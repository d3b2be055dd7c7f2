-- Nobody on the list is called.

-- Puts a number on the do-not-call list and takes it out of every queue in the same transaction: waiting and blocked
-- enrolments end as opted out, reserved calls are voided. Again changes nothing; nothing but a logged removal undoes it.
create function private.opt_out_number(account_id uuid, phone text, source public.opt_out_source, reason text) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  ended int;
  voided int;
begin
  -- Definer: people have no write grant; the permission is checked here.
  perform private.require_permission(opt_out_number.account_id, 'do_not_call.edit');
  if not coalesce(private.is_phone(opt_out_number.phone), false) then
    perform private.raise_invalid('phone', 'invalid_number', 'Write the number with its country code, such as +12025550101.');
  end if;
  perform private.lock_account(opt_out_number.account_id);
  insert into public.do_not_call (account_id, phone, source, reason, created_by)
  values (opt_out_number.account_id, opt_out_number.phone, opt_out_number.source, left(coalesce(opt_out_number.reason, ''), 500), auth.uid())
  on conflict do nothing;
  if found then
    perform private.log_activity(opt_out_number.account_id, 'do_not_call.added', 'contact', (select p.id from public.contacts p
      where p.account_id = opt_out_number.account_id and p.phone = opt_out_number.phone), jsonb_build_object('source', opt_out_number.source));
  end if;
  with listed as (
    select e.id, e.campaign_id from public.enrolments e join public.contacts p on p.id = e.contact_id
    where p.account_id = opt_out_number.account_id and p.phone = opt_out_number.phone and e.status in ('waiting', 'blocked')
  ), unqueued as (
    delete from engine.dial_queue q using listed l where q.enrolment_id = l.id
  )
  update public.enrolments e set status = 'opted_out', reason = 'do_not_call' from listed l where e.id = l.id;
  get diagnostics ended = row_count;
  voided := private.void_reserved(opt_out_number.account_id, array(
    select c.id from public.calls c
    where c.account_id = opt_out_number.account_id and c.phone = opt_out_number.phone and c.state = 'reserved' order by c.id for update));
  perform private.complete_finished_campaigns(array(select distinct e.campaign_id from public.enrolments e join public.contacts p on p.id = e.contact_id
    where p.account_id = opt_out_number.account_id and p.phone = opt_out_number.phone));
  perform private.broadcast_changes();
  return jsonb_build_object('phone', opt_out_number.phone, 'enrolments_count', ended + voided, 'voided_count', voided);
end $$;
grant execute on function private.opt_out_number(uuid, text, public.opt_out_source, text) to authenticated;
create function public.opt_out_number(account_id uuid, phone text, source public.opt_out_source default 'hand', reason text default '') returns jsonb
language sql set search_path = ''
return private.opt_out_number(opt_out_number.account_id, opt_out_number.phone, opt_out_number.source, opt_out_number.reason);
grant execute on function public.opt_out_number(uuid, text, public.opt_out_source, text) to authenticated;
