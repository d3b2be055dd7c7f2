-- What people note about a contact: by whoever sees the contact with its name, for all who do.

-- The contact, when the current user sees it whole; otherwise it is not found, or its personal side is forbidden.
create function private.require_contact(contact_id uuid) returns public.contacts
language plpgsql stable set search_path = ''
as $$
declare
  contact public.contacts := (select p from public.contacts p where p.id = require_contact.contact_id);
begin
  perform private.require_membership(contact.account_id);
  if not private.sees_contact(contact) then
    perform private.raise_error('not_found', 'This contact does not exist, or it belongs to another account.');
  elsif not private.sees_personal(contact.account_id) then
    perform private.refuse_right(contact.account_id, 'contacts.read_personal');
  end if;
  return contact;
end $$;

create function private.add_contact_note(contact_id uuid, body text) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  -- Definer: people have no write grant; require_contact checks the permission.
  contact public.contacts := private.require_contact(add_contact_note.contact_id);
  words text := private.clean_text(add_contact_note.body);
  added uuid;
begin
  perform private.require_active(contact.account_id, 'contacts.read_personal');
  perform private.require_existing(contact);
  if words is null or char_length(words) > 4000 then
    perform private.raise_invalid('body', 'length', 'Write a note of at most 4,000 characters.');
  end if;
  insert into public.contact_notes as n (account_id, contact_id, body, created_by) values (contact.account_id, contact.id, words, auth.uid()) returning n.id into added;
  return jsonb_build_object('note_id', added);
end $$;
grant execute on function private.add_contact_note(uuid, text) to authenticated;
create function public.add_contact_note(contact_id uuid, body text) returns jsonb
language sql set search_path = ''
return private.add_contact_note(add_contact_note.contact_id, add_contact_note.body);
grant execute on function public.add_contact_note(uuid, text) to authenticated;

-- One's own note, or anybody's for who edits contacts; that it is gone is logged. Again it is not found.
create function private.delete_contact_note(note_id uuid) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
  -- Definer: people have no write grant; require_contact checks the permission.
  note public.contact_notes := (select n from public.contact_notes n where n.id = delete_contact_note.note_id);
  contact public.contacts := private.require_contact(note.contact_id);
begin
  perform private.require_active(contact.account_id, 'contacts.read_personal');
  if note.created_by is distinct from auth.uid() then
    perform private.require_permission(contact.account_id, 'contacts.edit');
  end if;
  delete from public.contact_notes n where n.id = note.id;
  perform private.log_activity(contact.account_id, 'contact.note_deleted', 'contact', contact.id);
  return '{}';
end $$;
grant execute on function private.delete_contact_note(uuid) to authenticated;
create function public.delete_contact_note(note_id uuid) returns jsonb
language sql set search_path = ''
return private.delete_contact_note(delete_contact_note.note_id);
grant execute on function public.delete_contact_note(uuid) to authenticated;
