-- Platform data. Safe to run again.

insert into public.plans (id, name, billing_increment_seconds, concurrency_max, free_seconds, is_default)
values ('prepaid', 'Prepaid minutes', 60, 5, 1200, true)
on conflict (id) do nothing;

insert into public.role_permissions (role, permission, scope)
select r.role::public.member_role, p.permission, 'account'
from (values ('owner'), ('admin')) r (role)
cross join (values ('account.read'), ('account.manage'), ('activity.read'), ('assistants.edit'), ('assistants.read'), ('billing.manage'),
  ('billing.read'), ('calls.edit'), ('calls.listen'), ('calls.read'), ('campaigns.edit'), ('campaigns.read'), ('campaigns.run'), ('contacts.edit'),
  ('contacts.read'), ('contacts.read_personal'), ('do_not_call.edit'), ('do_not_call.remove'), ('team.manage')) p (permission)
on conflict do nothing;
insert into public.role_permissions (role, permission, scope) values
  ('owner', 'account.close', 'account'),
  ('agent', 'account.read', 'account'), ('agent', 'assistants.read', 'account'),
  ('agent', 'campaigns.read', 'assigned'), ('agent', 'calls.read', 'assigned'), ('agent', 'calls.listen', 'assigned'), ('agent', 'calls.edit', 'assigned'),
  ('agent', 'contacts.read', 'assigned'), ('agent', 'contacts.read_personal', 'assigned'), ('agent', 'do_not_call.edit', 'account'),
  ('viewer', 'account.read', 'account'), ('viewer', 'assistants.read', 'account'), ('viewer', 'campaigns.read', 'account'),
  ('viewer', 'calls.read', 'account'), ('viewer', 'contacts.read', 'account')
on conflict do nothing;

insert into public.voices (id, name, provider, provider_ref, language, description) values
  ('elliot', 'Elliot', 'vapi', 'Elliot', 'en', 'Warm and unhurried, Canadian English'),
  ('savannah', 'Savannah', 'vapi', 'Savannah', 'en', 'Bright and friendly, Southern American English'),
  ('rohan', 'Rohan', 'vapi', 'Rohan', 'en', 'Clear and energetic, Indian American English'),
  ('emma', 'Emma', 'vapi', 'Emma', 'en', 'Calm and professional, American English'),
  ('clara', 'Clara', 'vapi', 'Clara', 'en', 'Lively and helpful, American English'),
  ('nico', 'Nico', 'vapi', 'Nico', 'en', 'Relaxed and young, American English')
on conflict (id) do nothing;

-- One platform number and line. A hosted installation gives provider_ref its own VAPI phone number id.
insert into public.phone_numbers (account_id, e164, label, provider, provider_ref)
values (null, '+12025550100', 'Platform number', 'vapi', '00000000-0000-4000-8000-000000000100')
on conflict do nothing;
insert into engine.provider_lines (phone_number_id, concurrency_max, calls_per_second, tokens)
select n.id, 10, 1, 10 from public.phone_numbers n
where n.provider_ref = '00000000-0000-4000-8000-000000000100' and not exists (select from engine.provider_lines l where l.phone_number_id = n.id);

-- Calling rules, each with its citation (supabase/migrations/…_rules.sql says what they mean).
insert into public.rule_packs (id, name, regions) values ('us-federal', 'United States', '{US}') on conflict do nothing;
insert into public.rules (id, pack_id, kind, citation, effective_from, is_verified, is_on) values
  ('us-federal-hours', 'us-federal', 'hours', '47 CFR 64.1200(c)(1), 16 CFR 310.4(c)', '1995-12-31', true, true)
on conflict do nothing;
insert into public.rule_hours (rule_id, weekday, opens_at, closes_at)
select 'us-federal-hours', d, '08:00', '21:00' from generate_series(1, 7) d on conflict do nothing;
insert into public.holidays (region, day, name) values ('US', '2026-12-25', 'Christmas Day') on conflict do nothing;
insert into public.number_regions (prefix, region) values ('1', 'US') on conflict do nothing;
