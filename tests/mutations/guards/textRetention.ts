/** How long transcripts and what the carrier sent are kept. */
import { guards } from '../mutation.ts'

export const textRetentionGuards = [
  ...guards('database/textRetention', [
    ['of this account', 'delete_transcripts', 't.account_id = delete_transcripts.account_id and ', ''],
    ['only what is old', 'delete_transcripts', ' and t.created_at < delete_transcripts.before', ''],
    ['out of the events, too', 'delete_transcripts', 'perform private.strip_events(ids);', ''],
    ['the proof', 'delete_transcripts', 'perform private.log_activity(', 'perform jsonb_build_array('],
    ['the provider forgets', 'delete_transcripts', `c.recording_state in ('none', 'stored', 'expired')`, 'false'],
    ['not what is still to be copied', 'delete_transcripts', `and c.recording_state in ('none', 'stored', 'expired')`, ''],
    ['of this account', 'delete_event_bodies', 'o.account_id = delete_event_bodies.account_id and o.body is not null', 'o.body is not null'],
    ['only what is old', 'delete_event_bodies', ' and o.received_at < moment - make_interval(days => delete_event_bodies.days)', ''],
    ['the proof', 'delete_event_bodies', 'perform private.log_activity(', 'perform jsonb_build_array('],
    ['a known kind', 'count_old', `if not coalesce(count_old.kind in ('recordings', 'transcripts'), false) then`, 'if false then'],
    ['what is sound of transcripts', 'save_privacy', `perform private.check_count(content, 'transcript_days', 1, case when is_hipaa then 30 else 3650 end, not is_hipaa);`, ''],
    ['thirty days at most', 'save_privacy', `perform private.check_count(content, 'event_days', 1, 30);`, ''],
  ]),
  ...guards('database/sweeps', [
    ['bodies of nobody\'s go after a month', 'sweep_stray_bodies', `o.account_id is null and o.body is not null and o.received_at < moment - interval '30 days'`, 'false'],
    ['not before a month', 'sweep_stray_bodies', `o.account_id is null and o.body is not null and o.received_at < moment - interval '30 days'`, 'o.account_id is null and o.body is not null'],
  ]),
]
