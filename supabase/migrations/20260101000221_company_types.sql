-- What kind of company an account is: chosen when it is opened, and what it begins with then. Everything can be changed afterwards.

create table public.company_types (
  id public.company_type primary key,
  position int not null,
  -- the occasion whose assistant templates are offered first; null: in their own order
  template_kind text,
  -- calling rules, as save_account_rules takes them
  rules jsonb not null default '{}' constraint rules_are_an_object check (jsonb_typeof(rules) = 'object'),
  records_calls boolean not null default true,
  idle_minutes int not null default 0,
  -- own words for what conversations mean: [{name, meaning, description}]
  dispositions jsonb not null default '[]' constraint dispositions_are_a_list check (jsonb_typeof(dispositions) = 'array')
);
grant select on public.company_types to authenticated, service_role;
alter table public.company_types enable row level security;
create policy "Signed-in people can read what kinds of companies there are" on public.company_types for select to authenticated using (true);

alter table public.accounts add column company_type public.company_type not null default 'generic',
  -- how its people read dates, times and numbers, in the app, its documents and its mails; what each looks like is business/models/formatStyle.ts
  add column format_style public.format_style not null default 'american';

-- Gives a new account what companies of its type begin with. Called by open_account, once.
create function private.apply_company_type(account_id uuid, type public.company_type) returns void
language plpgsql set search_path = ''
as $$
declare
  defaults public.company_types := (select t from public.company_types t where t.id = apply_company_type.type);
begin
  update public.accounts a set company_type = defaults.id, idle_minutes = defaults.idle_minutes where a.id = apply_company_type.account_id;
  update public.account_rules r set records_calls = defaults.records_calls where r.account_id = apply_company_type.account_id;
  perform private.write_account_rules(apply_company_type.account_id, defaults.rules);
  insert into public.dispositions (account_id, name, meaning, description, created_by)
  select apply_company_type.account_id, d.name, d.meaning, d.description, auth.uid()
  from jsonb_to_recordset(defaults.dispositions) as d (name text, meaning public.disposition_meaning, description text);
end $$;
