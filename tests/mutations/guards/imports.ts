/** Files, lists, tags, what is done to many contacts, and a number that is corrected. */
import { guards } from '../mutation.ts'

export const importGuards = [
  ...guards('database/commands > an import takes the good rows', [
    ['a chunk goes in once', 'import_contacts', 'if answer is not null then', 'if false then'],
  ]),
  ...guards('database/imports > moves from pending', [
    ['a finished import', 'import_contacts', `elsif import.status = 'completed' or import.undone_at is not null then`, 'elsif false then'],
    ['before rows went in', 'change_import', `if import.status not in ('pending', 'validating') then`, 'if false then'],
    ['only what goes on', 'fail_import', `and i.status in ('pending', 'validating', 'running')`, ''],
    ['tried, not written', 'check_import_rows', `and i.status = 'pending'`, ''],
  ]),
  ...guards('database/people > thousand', [
    ['whole chunks alone', 'import_contacts', 'perform private.require_rows(rows);', ''],
  ]),
  ...guards('database/people', [
    ['a thousand rows', 'require_rows', ' or jsonb_array_length(rows) > 1000', ''],
    ['who waits moves along', 'write_rows', 'perform private.move_enrolments(import.account_id, array(', 'perform cardinality(array('],
  ]),
  ...guards('database/imports > takes no list', [
    ['objects alone', 'require_rows', `where jsonb_typeof(r) <> 'object'`, 'where false'],
    ['one\'s own list', 'import_options', `where l.id = list_id and l.account_id = import_options.account_id and l.kind = 'static'`, 'where l.id = list_id'],
    ['one\'s own tags', 'import_options', 'where t.id = any(tag_ids) and t.account_id = import_options.account_id', 'where t.id = any(tag_ids)'],
  ]),
  ...guards('database/importProperty > files 0', [
    ['good rows alone', 'judge_rows', `case when f.fault is not null then 'refused' when`, 'case when'],
    ['a number once', 'judge_rows', `when m.nth > 1 then 'phone:duplicate'`, ''],
  ]),
  ...guards('database/imports > keeps the name', [
    ['who was called keeps the name', 'judge_rows', 'where c.contact_id = p.id and c.dialled_at is not null', 'where false'],
  ]),
  ...guards('database/imports > puts everybody', [
    ['a consent that can be kept', 'read_rows', 'when s.consent is not null and s.agreed is null then', 'when false then'],
  ]),
  ...guards('database/imports > changes its answers', [
    ['known bytes', 'check_import', `elsif check_import.file_hash !~ '^([0-9a-f]{64})?$' then`, 'elsif false then'],
    ['a known zone', 'check_import', 'elsif check_import.default_time_zone is not null and not private.is_time_zone(check_import.default_time_zone) then', 'elsif false then'],
  ]),
  ...guards('database/imports > recognises', [
    ['of this account', 'same_file', 'where i.account_id = same_file.account_id and i.file_hash', 'where i.file_hash'],
    ['of which something went in', 'same_file', 'and exists (select from public.import_chunks c where c.import_id = i.id)', ''],
    ['only what nothing went in of', 'forget_imports', 'and not exists (select from public.import_chunks c where c.import_id = i.id)', ''],
    ['files are forgotten', 'create_import', 'perform private.forget_imports(create_import.account_id);', ''],
  ]),
  ...guards('database/imports > was given up', [
    ['only what goes on', 'finish_import', `and i.status in ('pending', 'validating', 'running')`, ''],
  ]),
  ...guards('database/imports > is undone', [
    ['a finished import, once', 'undo_import', `if import.status not in ('completed', 'failed') or import.undone_at is not null then`, 'if false then'],
    ['what somebody touched stays', 'undo_import', 'where p.id = j.id and j.reason is null', 'where p.id = j.id'],
    ['enrolled ones', 'kept_by', `when exists (select from public.enrolments e where e.contact_id = contact.id) then 'enrolled'`, ''],
    ['changed ones', 'kept_by', 'contact.updated_at > contact.created_at\n      or ', ''],
    ['noted ones', 'kept_by', 'or exists (select from public.contact_notes n where n.contact_id = contact.id)', ''],
    ['tagged ones', 'kept_by', 'or exists (select from public.contact_tags t where t.contact_id = contact.id and t.created_at > contact.created_at)', ''],
    ['listed ones', 'kept_by', 'or exists (select from public.contact_list_members m where m.contact_id = contact.id and m.created_at > contact.created_at)', ''],
    ['who agreed or withdrew', 'kept_by', '(c.import_id is distinct from contact.import_id or c.revoked_at is not null)', 'false'],
    ['who opted out', 'kept_by', 'and h.created_at > contact.created_at', 'and false'],
  ]),
  ...guards('database/accountLock > undo_import', [
    ['under the account\'s lock', 'undo_import', 'perform private.lock_account(account_id);', ''],
  ]),
  ...guards('database/accountLock > import_contacts', [
    ['under the account\'s lock', 'import_contacts', 'perform private.lock_account(account_id);', ''],
  ]),
  ...guards('database/importProperty', [
    ['a stated zone alone replaces one', 'judge_rows', 'case when r.time_zone is not null and not r.is_zone_from_number then r.time_zone else', 'case when r.time_zone is not null then r.time_zone else'],
    ['only new ones are created', 'judge_rows', `when m.known_id is null and duplicates = 'only_update' then 'skipped'`, ''],
    ['known ones are left', 'judge_rows', `when duplicates = 'skip' then 'skipped'`, ''],
    ['known ones are refused', 'judge_rows', `when m.known_id is not null and duplicates = 'refuse' then 'phone:known_number'`, ''],
  ]),
  ...guards('database/contactFilter > refuses a filter', [
    ['known filters', 'prepare_search', `if not array(select jsonb_object_keys(filter)) <@`, `if false and not array(select jsonb_object_keys(filter)) <@`],
    ['known words', 'texts_of', 'if not chosen <@ known then', 'if false then'],
    ['a known order', 'find_contacts', `if coalesce(sort, 'newest') not in ('newest', 'oldest', 'name', 'last_called') then`, 'if false then'],
  ]),
  ...guards('database/contactFilter > of a campaign', [
    ['what one may not see is in no order', 'search_contacts', `case when is_visible or filter ->> 'sort' <> 'name' then filter ->> 'sort' end`, `filter ->> 'sort'`],
    ['what one may not see is not searched', 'column_parts', 'case when is_visible then \'\'', 'case when true then \'\''],
    ['assigned ones alone', 'prepare_search', 'if campaign_ids is not null then', 'if false then'],
  ]),
  ...guards('database/rights > search_contacts of another account', [
    ['a member', 'my_search', 'perform private.require_membership(account);', ''],
  ]),
  ...guards('database/contactGroups > of somebody else', [
    ['one\'s own lists', 'group_parts', ' and l.account_id = group_parts.account_id', ''],
    ['a thousand', 'next_batch', 'if cardinality(ids) > 1000 then', 'if false then'],
    ['of this account', 'next_batch', 'where p.account_id = account and p.id = any(ids)', 'where p.id = any(ids)'],
    ['one\'s own tags', 'tag_contacts', 'where t.id = a.id and t.account_id = account', 'where t.id = a.id'],
    ['of this account', 'save_tag', ' where t.id = save_tag.tag_id and t.account_id = save_tag.account_id;', ' where t.id = save_tag.tag_id;'],
    ['of this account', 'save_contact_list', ' where l.id = save_contact_list.list_id and l.account_id = save_contact_list.account_id;', ' where l.id = save_contact_list.list_id;'],
  ]),
  ...guards('database/accountLock > open_batch', [
    ['under the account\'s lock', 'open_batch', 'perform private.lock_account(account);', ''],
  ]),
  ...guards('database/contactGroups > go into a list', [
    ['only static lists', 'set_list_members', `is distinct from 'static' then`, 'is null then'],
    ['no audience of an audience', 'audience_filter', `and l.kind = 'audience'`, 'and false'],
    ['what an audience is made of stays', 'delete_contact_list', 'if user_name is not null then', 'if false then'],
  ]),
  ...guards('database/contactGroups > are called no more', [
    ['nobody is called any more', 'opt_out_contacts', 'private.list_numbers(private.as_uuid(selection ->> \'account_id\'),', 'jsonb_build_object(private.as_uuid(selection ->> \'account_id\'),'],
  ]),
  ...guards('database/rights > delete_contacts needs', [
    ['by right, under the lock', 'delete_contacts', `private.open_batch(selection, 'contacts.edit', "cursor")`, `private.next_batch(selection, "cursor")`],
  ]),
  ...guards('database/contactGroups > are deleted', [
    ['history stays', 'remove_contacts', 'and not exists (select from public.calls c where c.contact_id = p.id)', ''],
    ['a campaign ends with its last contact', 'remove_contacts', 'perform private.complete_finished_campaigns(campaign_ids);', ''],
    ['a refusal is told', 'delete_contact', 'if private.remove_contacts(owner_id, array[delete_contact.contact_id]) = 0 then', 'if private.remove_contacts(owner_id, array[delete_contact.contact_id]) < 0 then'],
  ]),
  ...guards('database/contactHistory > whose number is corrected', [
    ['who was corrected stays', 'remove_contacts', 'and not exists (select from public.contacts o where o.replaced_by = p.id)', ''],
    ['who was corrected is closed', 'require_same_person', 'if before.replaced_by is not null then', 'if false then'],
    ['once', 'correct_number', 'if contact.replaced_by is not null then', 'if false then'],
    ['a new number', 'correct_number', 'elsif known is not null then', 'elsif false then'],
    ['goes on in its campaigns', 'correct_number', 'perform private.enrol(k, array[copy]) from', 'perform k.id from'],
    ['out of the queue', 'close_contact', 'delete from engine.dial_queue q using public.enrolments e where e.id = q.enrolment_id and e.contact_id = contact.id;', ''],
    ['waits no more', 'close_contact', `set status = 'removed', reason = null where`, 'set reason = e.reason where'],
    ['who was corrected is not enrolled', 'enrol', ' and p.replaced_by is null', ''],
  ]),
  ...guards('database/contactGroups > get and lose tags', [
    ['a name once', 'save_tag', 'elsif same is not null then', 'elsif false then'],
  ]),
  ...guards('database/accountLock > delete_tag', [
    ['under the account\'s lock', 'delete_tag', 'perform private.lock_account(account);', ''],
  ]),
  ...guards('database/contactGroups > are exported', [
    ['it is logged', 'export_contacts', 'if "cursor" is null then', 'if false then'],
    ['it is logged', 'export_do_not_call', 'if "cursor" is null then', 'if false then'],
  ]),
  ...guards('database/contactHistory > that was called keeps', [
    ['a called number stays', 'require_same_person', `elsif before.phone <> content ->> 'phone' and exists (select from public.calls c where c.contact_id = before.id) then`, 'elsif false then'],
    ['a called name stays', 'require_same_person', 'where c.contact_id = before.id and c.dialled_at is not null', 'where false'],
  ]),
  ...guards('database/contactHistory > keeps language', [
    ['one\'s own assistant', 'write_options', ' and a.account_id = p.account_id', ''],
  ]),
  ...guards('database/contactHistory > is not corrected', [
    ['not during a call', 'correct_number', `and c.settled_at is null and c.state <> 'reserved'`, 'and false'],
    ['reserved calls are voided', 'close_contact', `and c.state = 'reserved' and c.settled_at is null`, 'and false'],
  ]),
  ...guards('database/accountLock > correct_number', [
    ['under the account\'s lock', 'correct_number', 'perform private.lock_account(account_id);', ''],
  ]),
  ...guards('database/contactHistory > has notes', [
    ['visible', 'get_contact', 'if not private.sees_contact(contact) then', 'if false then'],
    ['visible', 'require_contact', 'if not private.sees_contact(contact) then', 'if false then'],
    ['a note says something', 'add_contact_note', 'if words is null or', 'if'],
    ['one\'s own note', 'delete_contact_note', 'if note.created_by is distinct from auth.uid() then', 'if false then'],
    ['personal words', 'contact_events', 'where is_visible and n.contact_id', 'where n.contact_id'],
  ]),
  ...guards('database/contactHistory > tells all', [
    ['visible', 'contact_timeline', 'if not private.sees_contact(contact) then', 'if false then'],
  ]),
]
