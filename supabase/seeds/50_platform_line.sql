-- One platform number and line. A hosted installation gives provider_ref its own VAPI phone number id.
insert into public.phone_numbers (account_id, e164, label, provider, provider_ref)
values (null, '+12025550100', 'Platform number', 'vapi', '00000000-0000-4000-8000-000000000100')
on conflict do nothing;
insert into engine.provider_lines (phone_number_id, concurrency_max, calls_per_second, tokens)
select n.id, 10, 1, 10 from public.phone_numbers n
where n.provider_ref = '00000000-0000-4000-8000-000000000100' and not exists (select from engine.provider_lines l where l.phone_number_id = n.id);
