/**
 * What the judge must miss when it is gone: each promise's guard, taken away wherever the engine asks it, since most are asked twice.
 * `npm run simulate -- --without 'consent'` takes one away, `--without all` each in turn. tests/mutations takes away single lines.
 */
import type { Mutation } from '../mutations/mutation.ts'

type Change = Mutation['change']
const edit = (fn: string, find: string, replace: string): Change => ({ function: fn, find, replace })
const gone = (fn: string, find: string): Change => edit(fn, find, '')
const statement = (text: string): Change => ({ statement: text })
const dropIndex = (name: string) => statement(`drop index public.${name}`)

export const guards: Readonly<Record<string, readonly Change[]>> = {
  'the calling times at the instant of dialling': [gone('judge_dial', `when opening.open_until is null then 'window_closed'`)],
  'the list': [
    edit('judge_people', 'coalesce((select true from public.do_not_call d where d.account_id = terms.account_id and d.phone = w.phone), false)', 'false'),
    edit('list_numbers', `and e.status in ('waiting', 'blocked')`, 'and false'),
  ],
  'the void of a listed number\'s call': [
    edit('judge_people', 'coalesce((select true from public.do_not_call d where d.account_id = terms.account_id and d.phone = w.phone), false)', 'false'),
    edit('list_numbers', `and c.state = 'reserved' and c.settled_at is null`, 'and false'),
  ],
  'a pause recalls what is reserved': [
    gone('judge_dial', `when not exists (select from public.campaigns k where k.id = call.campaign_id and k.status = 'active') then 'campaign_not_active'`),
    gone('pause_campaign', 'perform private.recall_reserved(campaign);'),
  ],
  'one open call for each number': [
    dropIndex('calls_one_unsettled_per_phone'), edit('judge_people', 'and c.phone = w.phone and c.settled_at is null), false)', 'and false), false)'),
  ],
  'the frequency rule': [edit('judge_people', 'case when history.cap_frees_at > judge_people.at then history.cap_frees_at end', 'null::timestamptz')],
  'the gap between calls': [
    edit('judge_people', 'case when history.gap_ends_at > judge_people.at then history.gap_ends_at end', 'null::timestamptz'),
    edit('retry_times', 'make_interval(secs => a.minimum_gap_seconds)', `interval '0'`),
  ],
  consent: [edit('required_consent', 'return (select max(', 'return null;\n  return (select max(')],
  'the wish of the person': [edit('judge_people', 'case when p.calls_from is not null or p.call_days is not null then', 'case when false then')],
  'the attempts': [edit('judge_people', 'w.attempt > terms.max_attempts', 'false'), gone('retry_times', 'and c.attempt_no < k.max_attempts')],
  'calls at once of the account': [gone('claim_account', 'account.concurrency_max - account.in_flight, ')],
  'calls at once of the campaign': [edit('campaign_room', 'hot.concurrency_max - hot.in_flight', 'null')],
  'calls at once of the line': [edit('room_of_line', '((line).tokens - (line).in_flight)', '1000')],
  'the rate of the line': [edit('take_slots', 'greatest(l.next_dial_at, moment) + make_interval(secs => n / l.calls_per_second)', 'l.next_dial_at')],
  'the turn on the line': [gone('begin_dial', ` or call.dial_at > moment + interval '20 milliseconds'`)],
  'the hold of a line': [gone('due_accounts', 'and (l.hold_until is null or l.hold_until <= private.now())'), edit('judge_dial', 'and l.hold_until > judge_dial.at', 'and false')],
  'the campaign\'s cap of a day': [edit('campaign_room', 'hot.daily_cap - case when hot.day = terms.campaign_day then hot.dialled_on_day else 0 end', 'null')],
  'the account\'s cap of a day': [gone('claim_account', 'private.account_day_left(account, today),')],
  'the campaign\'s budget': [edit('campaign_room', '(hot.budget_seconds - hot.used_seconds - hot.reserved_seconds) / reservation', 'null')],
  'the minutes of the account': [edit('campaign_room', '(account.balance_seconds - account.reserved_seconds) / reservation', 'null')],
  'a lease ends': [gone('begin_dial', 'call.lease_until <= moment or ')],
  'a call is begun once': [gone('begin_dial', `and c.state = 'reserved'`)],
  'the day on which it was claimed': [gone('judge_dial', `when (call.counted_day, call.account_day) <> (terms.campaign_day, terms.account_day) then 'day_over'`)],
  'a dial nobody heard of is not tried again': [edit('record_call_check', ' and coalesce((facts ->> \'absence_counts\')::boolean, false)', '')],
  'rank only grows': [gone('apply_facts', 'and private.state_rank(x.state) > private.state_rank(c.state)')],
  'settled once': [gone('close_calls', '\n      and c.settled_at is null')],
  'one consume for each call': [
    gone('post_consumption', '\n      and not exists (select from public.ledger_entries l where l.call_id = c.id and l.kind = \'consume\')'),
    dropIndex('ledger_one_consume_per_call'), gone('close_calls', '\n      and c.settled_at is null'),
  ],
  'never billed beyond the reservation': [edit('close_calls', 'least(c.reserved_seconds, private.round_up(', 'greatest(0, private.round_up('),
    statement('alter table public.calls drop constraint billed_within_reservation')],
  'the balance follows the ledger': [gone('post_consumption', 'balance_seconds = a.balance_seconds - posted.seconds, ')],
  'a payment is posted once': [
    edit('post_entry', 'on conflict (kind, ref) where ref is not null do nothing', ''), dropIndex('ledger_one_entry_per_fact'),
  ],
  'the account counts its calls': [edit('take_slots', 'set in_flight = a.in_flight + n, ', 'set ')],
  'the account holds the minutes': [gone('take_slots', 'reserved_seconds = a.reserved_seconds + seconds, ')],
  'a void gives the day back': [gone('close_calls', 'perform private.return_days(open_ids);')],
  'the rollup': [gone('close_calls', 'perform private.roll_up(open_ids);')],
  'an event is stored once': [statement('alter table engine.provider_events drop constraint an_event_is_stored_once'),
    gone('store_event', 'on conflict on constraint an_event_is_stored_once do nothing')],
  'leases are swept': [gone('tick', 'perform private.sweep_leases(moment);')],
  'slots past their time are freed': [gone('tick', 'perform private.sweep_stale(moment);')],
  'calls nobody heard of are asked about': [edit('unheard_calls', `c.state = 'unknown'`, 'false')],
  'a settled call wakes its account': [gone('close_calls', 'perform private.wake(close_calls.account_id);')],
  'a freed slot wakes its campaign': [edit('close_calls', 'perform private.wake(close_calls.account_id, full_campaign.campaign_id)\n', 'perform true\n')],
  'a top-up wakes the account': [edit('post_entry', 'case when post_entry.delta_seconds > 0 then least(a.next_at, private.now()) else a.next_at end', 'a.next_at')],
  'shares by weight': [edit('due_lanes', 'ceil(due_lanes.room * d.weight / w.total::numeric)::int', 'due_lanes.room'), gone('due_lanes', 'd.virtual_time, ')],
  'whoever is listed is not tried again': [gone('next_steps', `when b.is_listed then 'opted_out'`)],
  'only members act': [edit('require_permission', 'if not exists (', 'if false and not exists ('), edit('require_permission', 'if not require_permission', 'if false and not require_permission')],
}
