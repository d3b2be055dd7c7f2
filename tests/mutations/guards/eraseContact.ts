/** One person's erasure: what goes, what of it may come back, and who may order it. */
import { guards } from '../mutation.ts'

const TRACE = 'database/eraseContact > leaves no trace'
const IN_AGAIN = 'database/eraseContact > never comes in again'
const NOTHING_SAID = 'database/eraseContact > is found nowhere'

export const eraseContactGuards = [
  ...guards(TRACE, [
    ['what was said', 'erase_conversations', 'delete from public.call_transcripts t where t.call_id = any(call_ids);', ''],
    ['what the provider sent', 'erase_conversations', 'update engine.provider_events e set body = null, error = null, event = private.nobodys_event(e.event) where e.call_id = any(call_ids);', ''],
    ['only the course of a call', 'nobodys_event', `where f.key in (`, `where f.key = 'summary' or f.key in (`],
    ['the number of calls', 'erase_conversations', `set phone = '', ended_reason = null`, 'set ended_reason = null'],
    ['the provider\'s words', 'erase_conversations', `set phone = '', ended_reason = null`, `set phone = ''`],
    ['refused rows', 'erase_number', 'perform private.erase_refused_rows(contact.account_id, contact.phone);', ''],
    ['the list', 'erase_number', 'delete from public.do_not_call d where d.account_id = contact.account_id and d.phone = contact.phone;', ''],
    ['its history', 'erase_number', 'delete from public.do_not_call_history h where h.account_id = contact.account_id and h.phone = contact.phone;', ''],
    ['callbacks', 'empty_contact', 'delete from public.callbacks b using public.enrolments e where e.id = b.enrolment_id and e.contact_id = contact.id;', ''],
    ['notes', 'empty_contact', 'delete from public.contact_notes n where n.contact_id = contact.id;', ''],
    ['the words of consents', 'empty_contact', `set text_shown = '', evidence = '', revoke_reason =`, 'set revoke_reason ='],
    ['a line stays', 'empty_contact', `perform private.log_activity(contact.account_id, 'contact.erased', 'contact', contact.id);`, ''],
  ]),
  ...guards('database/eraseContact > is not told of', [
    ['late events are nobody\'s', 'store_event', `case when call.phone = '' then private.nobodys_event(event) else event end`, 'event'],
    ['nor kept whole', 'store_event', `case when call.phone = '' then null else body end`, 'body'],
    ['nor what came meanwhile', 'process_account_events', `from public.calls c where e.id = any(event_ids) and c.id = e.call_id and c.phone = '';`, 'where false;'],
    ['what waits to be copied', 'forget_recordings', `set recording_state = 'expired'`, 'set recording_state = c.recording_state'],
  ]),
  ...guards('database/eraseContact > has a stored recording', [
    ['whatever the rule says', 'recording_to_delete', `c.recording_state = 'stored' and c.phone = ''`, 'false'],
    ['the proof says why', 'note_deleted_recording', `case when call.phone = '' then 'erasure' else 'retention' end`, `'retention'`],
  ]),
  ...guards('database/eraseContact > has a recording deleted', [
    ['when it has come', 'heed_job', `where c.id = heard and c.phone = '';`, 'where false;'],
    ['a copy under way is waited for', 'forget_recordings', 'and (o.lease_until is null or o.lease_until < moment)', ''],
  ]),
  ...guards('database/eraseContact > of whom only the carrier', [
    ['the carrier forgets', 'forget_recordings', `c.recording_state in ('none', 'expired', 'failed')`, `c.recording_state in ('none', 'expired')`],
    ['no rule takes it back', 'withdraw_erasures', ` and c.phone <> ''`, ''],
  ]),
  ...guards('database/eraseContact > and whose deletion', [
    ['failures are told', 'failed_deletions', `c.phone = '' or `, ''],
  ]),
  ...guards(IN_AGAIN, [
    ['in no file', 'judge_rows', 'when m.known_id is null and secret is not null and exists', 'when m.known_id is null and false and exists'],
    ['in no form', 'refuse_erased_number', 'if private.is_erased_number(new.account_id, new.phone) then', 'if false then'],
    ['on no list', 'write_list', ' and not private.is_erased_number(write_list.account_id, n.phone)', ''],
    ['of each account alone', 'number_digest', `number_digest.account_id || ' ' || `, ''],
  ]),
  ...guards(NOTHING_SAID, [
    ['no note', 'add_contact_note', 'perform private.require_existing(contact);', ''],
    ['no change', 'require_same_person', 'perform private.require_existing(before);', ''],
    ['no correction', 'correct_number', 'perform private.require_existing(contact);', ''],
    ['no consent', 'write_agreements', ' and p.erased_at is null', ''],
    ['no campaign', 'enrol', ' and p.erased_at is null', ''],
    ['no selection', 'next_batch', ' and p.erased_at is null', ''],
    ['no list', 'prepare_search', ' and p.erased_at is null', ''],
    ['no count', 'find_contacts', ' and p.erased_at is null', ''],
  ]),
  ...guards('database/eraseContact > is taken out', [
    ['not during a call', 'erase_contact', `and c.state <> 'reserved') then`, `and c.state <> 'reserved' and false) then`],
    ['a campaign ends with its last contact', 'empty_contact', 'perform private.complete_finished_campaigns(campaign_ids);', ''],
  ]),
  ...guards('database/eraseContact > goes with', [
    ['earlier numbers', 'same_person', 'o.replaced_by = x.id or ', ''],
    ['once', 'erase_contact', ' where s.erased_at is null loop', ' loop'],
  ]),
  ...guards('database/accountLock > erase_contact', [
    ['the account is locked', 'erase_contact', 'perform private.lock_account(account_id);', ''],
  ]),
]
