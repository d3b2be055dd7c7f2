/** What reports add up, and for whom. */
import { guards, type Guard } from '../mutation.ts'

const OF_CAMPAIGNS = 'and d.campaign_id is not null and'
const MINE = '((scope).campaign_ids is null or d.campaign_id = any((scope).campaign_ids))'
const MY_HOURS = '((scope).campaign_ids is null or h.campaign_id = any((scope).campaign_ids))'
const PRICE = 'case when (scope).sees_prices then coalesce(sum(d.price_micros), 0) end'

/** Of each sum: the account, its campaigns, and those that the person sees. */
const sums = ['report_sums', 'report_figures', 'report_weeks'].flatMap((fn): Guard[] => [
  ['of the account', fn, 'd.account_id = (scope).account_id and', ''],
  ['no tests', fn, OF_CAMPAIGNS, 'and'],
  ['their campaigns', fn, MINE, 'true'],
])
const hours: Guard[] = [
  ['of the account', 'report_hours', 'h.account_id = (scope).account_id and', ''],
  ['no tests', 'report_hours', 'and h.campaign_id is not null and', 'and'],
  ['their campaigns', 'report_hours', MY_HOURS, 'true'],
  ['of the account', 'report_week', 'w.account_id = (scope).account_id and', ''],
  ['no tests', 'roll_up', 'where n.campaign_id is not null', 'where true'],
  ['their campaigns', 'report_week', MY_HOURS.replaceAll('h.', 'w.'), 'true'],
]

export const reportGuards = guards('database/reports', [
  ...sums,
  ...hours,
  ...['report_sums', 'report_figures', 'report_tests'].map((fn): Guard => ['prices for whoever reads bills', fn, PRICE, 'coalesce(sum(d.price_micros), 0)']),
  ['a member', 'report_scope_of', 'perform private.require_membership(report_scope_of.account_id);', ''],
  ['the first day of their campaigns', 'get_report', MINE, 'true'],
  ['days in their order', 'report_scope_of', 'from_day > until_day or', ''],
  ['both days or none', 'report_scope_of', ' or (from_day is null) <> (until_day is null)', ''],
  ['tests for whoever sees every call', 'report_tests', '(scope).campaign_ids is not null', 'false'],
  ['tests of the account', 'report_tests', 'd.account_id = (scope).account_id and', ''],
  ['tests alone', 'report_tests', 'and d.campaign_id is null)', ')'],
  ['settled', 'is_in_report', `call.state = 'settled' and`, ''],
  ['no tests', 'is_in_report', ` and call.kind = 'campaign'`, ''],
  ['its days', 'is_in_report', `and call.account_dialled_at::date between coalesce((scope).from_day, '-infinity') and coalesce((scope).until_day, 'infinity')`, ''],
  ['their campaigns', 'is_in_report', '((scope).campaign_ids is null or call.campaign_id = any((scope).campaign_ids))', 'true'],
  ['of the account', 'report_people', 'c.account_id = (scope).account_id and', ''],
  ['promises of the account', 'report_people', 'b.account_id = (scope).account_id and', ''],
  ['promises of their campaigns', 'report_people', '((scope).campaign_ids is null or b.campaign_id = any((scope).campaign_ids))', 'true'],
  ['prices for whoever reads bills', 'list_figures', 'case when (scope).sees_prices then coalesce(sum(c.price_micros), 0) end', 'coalesce(sum(c.price_micros), 0)'],
  ['of the account', 'get_list_report', `l.account_id = get_list_report.account_id and l.kind`, 'l.kind'],
  ['as many as can be counted', 'get_list_report', 'x.people <= people_max', 'true'],
  ['a neutral conversation is counted with its call', 'roll_up', `count(*) filter (where m.meaning = 'neutral')`, '0'],
  ['a negative conversation is counted with its call', 'roll_up', `count(*) filter (where m.meaning = 'negative')`, '0'],
  ['neutral conversations add up', 'roll_up', 'neutral_count = d.neutral_count + excluded.neutral_count, ', ''],
  ['negative conversations add up', 'roll_up', 'negative_count = d.negative_count + excluded.negative_count,', ''],
  ['one that is neutral now', 'roll_up_disposition', `d.neutral_count + (meaning is not distinct from 'neutral')::int`, 'd.neutral_count'],
  ['one that was neutral', 'roll_up_disposition', ` - (was is not distinct from 'neutral')::int`, ''],
  ['one that is negative now', 'roll_up_disposition', `d.negative_count + (meaning is not distinct from 'negative')::int`, 'd.negative_count'],
  ['one that was negative', 'roll_up_disposition', ` - (was is not distinct from 'negative')::int`, ''],
  ['a known hour', 'clock_part', ' or (filter ->> option.name)::numeric not between option.lowest and option.highest', ''],
])
