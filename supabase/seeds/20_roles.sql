-- What a role may do, in the whole account or in assigned campaigns.
insert into public.role_permissions (role, permission, scope)
select r.role::public.member_role, p.permission, 'account'
from (values ('owner'), ('admin')) r (role)
cross join (values ('account.read'), ('account.manage'), ('activity.read'), ('assistants.edit'), ('assistants.read'), ('billing.manage'),
  ('billing.read'), ('calls.edit'), ('calls.end'), ('calls.listen'), ('calls.read'), ('calls.test'), ('campaigns.edit'), ('campaigns.override_consent'), ('campaigns.read'), ('campaigns.run'), ('contacts.edit'),
  ('contacts.erase'), ('contacts.read'), ('contacts.read_personal'), ('do_not_call.edit'), ('do_not_call.remove'), ('team.manage')) p (permission)
on conflict do nothing;
insert into public.role_permissions (role, permission, scope) values
  ('owner', 'account.close', 'account'), ('owner', 'team.owners', 'account'),
  ('agent', 'account.read', 'account'), ('agent', 'assistants.read', 'account'),
  ('agent', 'campaigns.read', 'assigned'), ('agent', 'calls.read', 'assigned'), ('agent', 'calls.listen', 'assigned'), ('agent', 'calls.edit', 'assigned'),
  ('agent', 'contacts.read', 'assigned'), ('agent', 'contacts.read_personal', 'assigned'), ('agent', 'do_not_call.edit', 'account'),
  ('viewer', 'account.read', 'account'), ('viewer', 'assistants.read', 'account'), ('viewer', 'campaigns.read', 'account'),
  ('viewer', 'calls.read', 'account'), ('viewer', 'contacts.read', 'account')
on conflict do nothing;
