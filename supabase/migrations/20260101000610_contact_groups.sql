-- What people sort their contacts by: lists, tags, and what they note about one.

-- static: who is in it was put there. audience: a saved filter; who fits is looked up each time it is used, at the latest when
-- somebody adds it to a campaign.
create table public.contact_lists (
  id uuid primary key default gen_random_uuid(),
  account_id uuid not null references public.accounts on delete cascade,
  name text not null constraint list_name_is_short check (char_length(name) between 1 and 120),
  kind public.contact_list_kind not null default 'static',
  filter jsonb,
  created_by uuid,
  created_at timestamptz not null default private.now(),
  updated_at timestamptz not null default private.now(),
  constraint an_audience_is_a_filter check ((kind = 'audience') = (filter is not null))
);
create unique index contact_lists_one_name on public.contact_lists (account_id, lower(name));

-- The contact last: a list's newest contacts are the end of its index.
create table public.contact_list_members (
  list_id uuid not null references public.contact_lists on delete cascade,
  contact_id uuid not null references public.contacts on delete cascade,
  account_id uuid not null references public.accounts on delete cascade,
  created_at timestamptz not null default private.now(),
  primary key (list_id, contact_id)
);
create index contact_list_members_by_contact on public.contact_list_members (contact_id);
create index contact_list_members_by_account on public.contact_list_members (account_id);

create table public.tags (
  id uuid primary key default gen_random_uuid(),
  account_id uuid not null references public.accounts on delete cascade,
  name text not null constraint tag_name_is_short check (char_length(name) between 1 and 60),
  created_by uuid,
  created_at timestamptz not null default private.now()
);
create unique index tags_one_name on public.tags (account_id, lower(name));

create table public.contact_tags (
  tag_id uuid not null references public.tags on delete cascade,
  contact_id uuid not null references public.contacts on delete cascade,
  account_id uuid not null references public.accounts on delete cascade,
  created_at timestamptz not null default private.now(),
  primary key (tag_id, contact_id)
);
create index contact_tags_by_contact on public.contact_tags (contact_id);
create index contact_tags_by_account on public.contact_tags (account_id);

-- Written by people, for people. A table of its own, because the activity log holds nothing personal.
create table public.contact_notes (
  id uuid primary key default private.time_ordered_id(),
  account_id uuid not null references public.accounts on delete cascade,
  contact_id uuid not null references public.contacts on delete cascade,
  body text not null constraint note_is_short check (char_length(body) between 1 and 4000),
  created_by uuid,
  created_at timestamptz not null default private.now()
);
create index contact_notes_by_contact on public.contact_notes (contact_id, id);
create index contact_notes_by_account on public.contact_notes (account_id);

grant select on public.contact_lists, public.contact_list_members, public.tags, public.contact_tags,
  public.contact_notes to authenticated, service_role;
alter table public.contact_lists enable row level security;
alter table public.contact_list_members enable row level security;
alter table public.tags enable row level security;
alter table public.contact_tags enable row level security;
alter table public.contact_notes enable row level security;
-- An audience's filter may search for a name or a number: who sees no personal values asks list_contact_lists, which leaves that out.
create policy "Members with the right can view the lists of their account" on public.contact_lists for select to authenticated
  using (account_id = any(array(select private.account_ids('contacts.read_personal'))));
create policy "Members with the right can view who is in their lists" on public.contact_list_members for select to authenticated
  using (account_id = any(array(select private.account_ids('contacts.read'))));
create policy "Members with the right can view the tags of their account" on public.tags for select to authenticated
  using (account_id = any(array(select private.account_ids('contacts.read'))));
create policy "Members with the right can view who has which tag" on public.contact_tags for select to authenticated
  using (account_id = any(array(select private.account_ids('contacts.read'))));
create policy "Members with the right can view what was noted about contacts" on public.contact_notes for select to authenticated
  using (account_id = any(array(select private.account_ids('contacts.read_personal'))));

create trigger contact_lists_touch_updated_at before update on public.contact_lists
  for each row execute function private.touch_updated_at();
