/** What people do to campaigns, contacts and the list, and what the product refuses them. */
import { guards } from '../mutation.ts'

export const commandGuards = [
  ...guards('database/commands', [
    ['a confirmed address', 'open_account', 'elsif person.email_confirmed_at is null then', 'elsif false then'],
    ['twice at once', 'open_account', `perform pg_advisory_xact_lock(hashtextextended('open_account:' || person.id, 0));`, ''],
    ['five accounts', 'open_account', 'where a.created_by = person.id) >= 5 then', 'where a.created_by = person.id) >= 500 then'],
    ['what somebody saved meanwhile', 'save_assistant', 'if expected_version is not null and expected_version <> latest then', 'if false then'],
    ['another zone has another day', 'write_settings', 'if \'time_zone\' = any(changed) then', 'if false then'],
    ['one\'s own assistant', 'check_campaign', ' and s.account_id = check_campaign.account_id', ''],
    ['history stays', 'delete_campaign', 'if exists (select from public.calls c where', 'if false and exists (select from public.calls c where'],
    ['history stays', 'delete_contact', 'if exists (select from public.calls c where', 'if false and exists (select from public.calls c where'],
    ['of this account', 'enrol', 'where p.account_id = campaign.account_id and p.id', 'where p.id'],
    ['a listed number', 'enrol', `when exists (select from public.do_not_call n where n.account_id = p.account_id and n.phone = p.phone) then 'do_not_call'::public.block_reason`, `when false then 'do_not_call'::public.block_reason`],
    ['a zone', 'enrol', `when p.time_zone is null then 'time_zone_unknown'`, ''],
    ['a called number stays', 'save_contact', `elsif before.phone <> content ->> 'phone' and exists (select from public.calls c where c.contact_id = before.id) then`, 'elsif false then'],
    ['a chunk goes in once', 'import_contacts', 'if answer is not null then', 'if false then'],
    ['a finished import', 'import_contacts', `elsif import.status <> 'running' then`, 'elsif false then'],
    ['good rows alone', 'import_contacts', `where not exists (select from jsonb_to_recordset(refused) as x ("row" int) where x."row" = (r ->> 'row')::int)`, 'where true'],
  ]),
  ...guards('database/lifecycle', [
    ['contacts', 'blockers_of', 'from facts f where f.is_new and f.enrolled = 0', 'from facts f where false'],
    ['somebody to call', 'blockers_of', 'from facts f where f.is_new and f.enrolled > 0 and f.waiting_count = 0', 'from facts f where false'],
    ['a window', 'blockers_of', 'from facts f where not f.has_window', 'from facts f where false'],
    ['minutes', 'blockers_of', 'from facts f where f.has_assistant and f.spendable < f.reservation', 'from facts f where false'],
    ['the state', 'start_campaign', `perform private.require_status(campaign, '{draft,scheduled}', 'started');`, ''],
    ['what is missing', 'start_campaign', 'perform private.require_launchable(campaign);', ''],
    ['the state', 'pause_campaign', `perform private.require_status(campaign, '{active}', 'paused');`, ''],
    ['the state', 'resume_campaign', `perform private.require_status(campaign, '{paused}', 'resumed');`, ''],
  ]),
]
