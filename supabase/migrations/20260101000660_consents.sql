-- What people agreed to. Consent is a record (what for, how, when, which words, who wrote it down), not a checkbox: written once,
-- revoked at most once, never changed, so that years later it still shows on what ground somebody was called.

create table public.consents (
  id uuid primary key default gen_random_uuid(),
  account_id uuid not null references public.accounts on delete cascade,
  contact_id uuid not null references public.contacts on delete cascade,
  basis public.consent_basis not null,
  purposes public.campaign_purpose[] not null constraint consent_is_for_something check (cardinality(purposes) between 1 and 4),
  channel public.consent_channel not null,
  -- the words the person agreed to, and where the proof lies (a form's address, a file's name, a recording)
  text_shown text not null default '' constraint text_shown_is_short check (char_length(text_shown) <= 4000),
  evidence text not null default '' constraint evidence_is_short check (char_length(evidence) <= 500),
  given_at timestamptz not null,
  import_id uuid references public.imports on delete set null,
  recorded_by uuid,
  created_at timestamptz not null default private.now(),
  revoked_at timestamptz,
  revoked_by uuid,
  revoke_reason text,
  constraint a_revocation_has_a_reason check ((revoked_at is null) = (revoke_reason is null)),
  -- the same agreement recorded again (a repeated import, a double click) is the same record, also once it is revoked
  constraint an_agreement_is_recorded_once unique (contact_id, basis, purposes, channel, given_at)
);
create index consents_by_account on public.consents (account_id, id);
create index consents_by_import on public.consents (import_id);

grant select on public.consents to authenticated, service_role;
alter table public.consents enable row level security;
create policy "Members with the right can view what their contacts agreed to" on public.consents for select to authenticated
  using (account_id = any(array(select private.account_ids('contacts.read_personal'))));

-- Lets a record be revoked once and changed in no other way (import_id follows its import); its words go when its person is erased.
create function private.refuse_consent_change() returns trigger
language plpgsql set search_path = ''
as $$
begin
  if (new.text_shown, new.evidence, coalesce(new.revoke_reason, '')) = ('', '', '') and exists (select from public.contacts p where p.id = old.contact_id and p.erased_at is not null) then
    return jsonb_populate_record(old, jsonb_build_object('text_shown', '', 'evidence', '', 'revoke_reason', new.revoke_reason));
  elsif old.revoked_at is not null and to_jsonb(new) - 'import_id' <> to_jsonb(old) - 'import_id'
    or to_jsonb(new) - '{import_id,revoked_at,revoked_by,revoke_reason}'::text[] <> to_jsonb(old) - '{import_id,revoked_at,revoked_by,revoke_reason}'::text[] then
    raise exception 'consents are append-only, but for their revocation';
  end if;
  return new;
end $$;
create trigger consents_are_only_revoked before update on public.consents for each row execute function private.refuse_consent_change();

-- A record goes only with its contact, which was then never called, or with its account.
create function private.refuse_consent_delete() returns trigger
language plpgsql set search_path = ''
as $$
begin
  if exists (select from public.contacts p where p.id = old.contact_id) then
    raise exception 'consents are append-only, but for their revocation';
  end if;
  return old;
end $$;
create trigger consents_are_never_deleted before delete on public.consents for each row execute function private.refuse_consent_delete();
create trigger consents_are_never_emptied before truncate on public.consents for each statement execute function private.refuse_change();

-- The record that allows calling a contact for a purpose at an instant: of those with at least the needed basis the strongest,
-- then the newest. Null when there is none, and when nothing is needed. Asked by enrolment, the claim, begin_dial and the
-- proof; plpgsql keeps its plan.
create function private.valid_consent(contact_id uuid, needed public.consent_basis, purpose public.campaign_purpose, at timestamptz) returns uuid
language plpgsql stable set search_path = ''
as $$
begin
  return (select c.id from public.consents c
    where c.contact_id = valid_consent.contact_id and c.basis >= valid_consent.needed and valid_consent.purpose = any(c.purposes)
      and c.given_at <= valid_consent.at and (c.revoked_at is null or c.revoked_at > valid_consent.at)
    order by c.basis desc, c.given_at desc, c.id limit 1);
end $$;

-- Keeps contacts.has_consent true: of whom it is known already (an import writes it with the contact), nothing is written again.
-- Definer: consents cascade from tables whose owner need not be the contacts'.
create function private.note_consents() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
  update public.contacts p set has_consent = not p.has_consent
  where p.id in (select n.contact_id from new_rows n)
    and p.has_consent <> exists (select from public.consents c where c.contact_id = p.id and c.revoked_at is null);
  return null;
end $$;
create trigger consents_note_inserted after insert on public.consents
  referencing new table as new_rows for each statement execute function private.note_consents();
create trigger consents_note_revoked after update on public.consents
  referencing new table as new_rows for each statement execute function private.note_consents();
