/** The call log: who sees which calls, who may search what, and one's own views. */
import { guards } from '../mutation.ts'

export const callGuards = [
  ...guards('database/callFilter', [
    ['visible', 'prepare_call_search', `if not account = any(array(select private.account_ids('calls.read'))) then`, 'if false then'],
    ['visible', 'newest_calls', `and (c.campaign_id = any(array(select private.campaign_ids('calls.read')))
        or (c.kind = 'test' and c.account_id = any(array(select private.account_ids('calls.read')))))`, ''],
    ['known filters', 'prepare_call_search', 'if not array(select', 'if false and not array(select'],
    ['who sees personal values', 'call_text_part', 'if is_visible then', 'if true then'],
    ['the right to listen', 'call_text_part', `when account_id = any(array(select private.account_ids('calls.listen'))) then`, 'when true then'],
    ['a known period', 'filter_days', 'if from_day is null then', 'if false then'],
    ['voids that were never dialled', 'prepare_call_search', `, 'not (c.state = ''voided'' and c.dialled_at is null)'`, ''],
    ['calls that speak a code', 'prepare_call_search', `'c.kind <> ''verification''',`, ''],
    ['the account\'s clock', 'days_part', 'coalesce(c.account_dialled_at, ', '('],
    ['it is logged', 'export_calls', 'if "cursor" is null then', 'if false then'],
  ]),
  ...guards('database/callViews', [
    ['one\'s own', 'list_call_views', 'and v.user_id = auth.uid()', ''],
    ['one\'s own', 'save_call_view', 'and v.user_id = auth.uid() and lower(v.name)', 'and lower(v.name)'],
    ['one\'s own', 'delete_call_view', 'and v.user_id = auth.uid()', ''],
    ['fifty', 'save_call_view', '>= 50', '>= 1000'],
  ]),
  ...guards('database/campaignOverview', [
    ['of the campaign', 'list_campaign_activity', `l.details ->> 'campaign_id' = campaign.id::text and `, ''],
  ]),
  ...guards('database/dispositions', [
    ['what is counted stays', 'save_disposition', 'elsif known.meaning <> save_disposition.meaning and', 'elsif false and'],
    ['one name', 'save_disposition', 'or save_disposition.disposition_id is not null and known.id <> save_disposition.disposition_id then', 'or false then'],
    ['of the account', 'save_disposition', 'and d.account_id = save_disposition.account_id;\n  if known.id is null', ';\n  if known.id is null'],
    ['fifty', 'save_disposition', '>= 50', '>= 1000'],
    ['of the account', 'named_disposition', 'where d.account_id = call.account_id\n    and', 'where'],
    ['those that are offered', 'named_disposition', '\n    and (d.archived_at is null or d.id = call.own_disposition_id)', ''],
    ['one word', 'set_disposition', '<> 1 then', '= 0 then'],
    ['known words', 'set_disposition', 'elsif word is null and set_disposition.disposition is not null then', 'elsif false then'],
    ['known words', 'named_disposition', 'elsif own.id is null and named_disposition.name is not null then', 'elsif false then'],
    ['calls keep theirs', 'remove_disposition', 'if is_used then', 'if true then'],
  ]),
]
