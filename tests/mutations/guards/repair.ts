/** What keeps the engine from getting stuck: leases, calls nobody heard of, wake-ups, jobs, counters, the heartbeat. */
import { guards } from '../mutation.ts'

export const repairGuards = [
  ...guards('database/repair', [
    ['they go back', 'sweep_leases', 'perform private.void_reserved(account.account_id, ids);', ''],
    ['it is noted', 'sweep_leases', `perform private.note_repairs('never_dialled', ids);`, ''],
    ['a silent dial is unknown', 'sweep_leases', `update public.calls c set state = 'unknown' where c.id = any(ids);`, ''],
    ['the reserved length', 'longest_end', 'make_interval(secs => ((call).reserved_seconds)::double precision)', `'00:00:00'::interval`],
    ['the slot is freed', 'sweep_stale', 'perform private.release_slots(stale);', ''],
    ['the slot is freed once', 'sweep_stale', `update public.calls c set state = 'ended' where c.id = any(stale);`, ''],
    ['a day later it is settled', 'sweep_stale', `and c.dialled_at < moment - interval '24 hours'\n      order by`, 'and false\n      order by'],
    ['a sleeping lane with due rows', 'sweep_missed_wakes', 'where l.next_at is null and private.next_due(l.id) <= moment', 'where false'],
    ['unknown ones', 'unheard_calls', `c.state = 'unknown'`, 'false'],
    ['ended ones without a report', 'unheard_calls', `c.state = 'ended' and`, 'false and'],
    ['the provider\'s clock may be wrong', 'unheard_calls', ' or private.longest_end(c) < moment)', ')'],
    ['open ones past their time', 'unheard_calls', `(c.state in ('ringing', 'in_progress') and private.longest_end(c) - interval '120 seconds' < moment)`, 'false'],
    ['voids with a sign of life', 'unheard_calls', 'where c.found_late_at > moment', 'where false and c.found_late_at > moment'],
    ['every fifteen seconds at most', 'unheard_calls', `where c.settled_at is null and c.dialled_at is not null and (c.checked_at is null or c.checked_at < moment - greatest(interval '15 seconds', (moment - c.dialled_at) / 60))`, 'where c.settled_at is null'],
    ['ever more rarely', 'unheard_calls', `where c.settled_at is null and c.dialled_at is not null and (c.checked_at is null or c.checked_at < moment - greatest(interval '15 seconds', (moment - c.dialled_at) / 60))`,
      `where c.settled_at is null and c.dialled_at is not null and (c.checked_at is null or c.checked_at < moment - interval '15 seconds')`],
    ['it is asked once', 'calls_to_check', 'update public.calls c set checked_at = moment from due d', 'update public.calls c set checked_at = c.checked_at from due d'],
    ['a listing when there is no id', 'calls_to_check', `'must_list', m.provider_call_id is null`, `'must_list', false`],
    ['an absence counts after two minutes', 'calls_to_check', `m.dialled_at <= moment - interval '2 minutes'`, 'true'],
    ['only a decisive absence', 'record_call_check', ` and coalesce((facts ->> 'absence_counts')::boolean, false)`, ''],
    ['it counts', 'void_absent', `'is_counted', true`, `'is_counted', false`],
  ]),
  ...guards('database/upkeep', [
    ['leases', 'tick', 'perform private.sweep_leases(moment);', ''],
    ['stale calls', 'tick', 'perform private.sweep_stale(moment);', ''],
    ['schedules', 'tick', 'perform private.sweep_schedule(moment);', ''],
    ['short accounts', 'tick', 'perform private.sweep_short_accounts();', ''],
    ['what need not happen always', 'tick', 'perform private.sweep_slowly(moment);', ''],
  ]),
]
