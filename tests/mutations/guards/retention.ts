/** How long recordings are kept: who may say so, what is deleted by it, and what is kept as proof. */
import { guards } from '../mutation.ts'

export const retentionGuards = [
  ...guards('database/retention', [
    ['of this account', 'old_recordings', 'where c.account_id = old_recordings.account_id and', 'where'],
    ['only what is there', 'old_recordings', `and c.recording_state = 'stored' `, ''],
    ['only what is old', 'old_recordings', ' and c.created_at < moment - make_interval(days => old_recordings.days)', ''],
    ['only when something can be due', 'sweep_retention', ' and r.next_at <= moment', ''],
    ['the account is locked', 'sweep_retention', 'for update of a skip locked', ''],
    ['nobody is waited for', 'sweep_retention', 'for update of a skip locked', 'for update of a'],
    ['not while a job is at it', 'sweep_retention', 'and o.done_at is null and (o.quarantined_at', `and false and (o.quarantined_at`],
    ['again a day after it was given up', 'sweep_retention', `o.quarantined_at > moment - interval '1 day'`, 'o.quarantined_at is not null'],
    ['tomorrow at the latest', 'sweep_retention', `least(moment + interval '1 day', `, 'greatest('],
    ['not a finished job', 'recording_to_delete', 'and o.done_at is null and o.quarantined_at is null for update', 'for update'],
    ['as the rule is now', 'recording_to_delete', 'private.old_recordings(job.account_id, rule_days, private.now())', 'private.old_recordings(job.account_id, 1, private.now())'],
    ['of this call', 'recording_to_delete', ` c where c.id = private.as_uuid(job.payload ->> 'call_id');`, ' c;'],
    ['the rule is noted', 'recording_to_delete', `jsonb_build_object('days', rule_days)`, `'{}'`],
    ['only what was deleted', 'note_deleted_recording', ` and (result ->> 'is_deleted')::boolean`, ''],
    ['the proof', 'note_deleted_recording', `perform private.log_activity(call.account_id, 'call.recording_deleted'`, `perform jsonb_build_array(call.account_id, 'call.recording_deleted'`],
    ['no path any more', 'note_deleted_recording', ', recording_path = null', ''],
    ['only what the provider forgot', 'note_erased_call', ` where (result ->> 'is_deleted')::boolean`, ''],
    ['a deletion that comes to nothing is told', 'heed_job', `perform private.note_repairs('recording_kept'`, `perform jsonb_build_array('recording_kept'`],
    ['the account has the last word', 'campaign_words', ' and private.records_calls(version.account_id)', ''],
    ['what is in force', 'recording_bans', 'and r.is_on', ''],
    ['what is no longer in force', 'recording_bans', 'r.effective_until > moment::date', 'true'],
    ['what is sound', 'save_privacy', `perform private.check_count(content, 'recording_days', 1, 3650, true);`, ''],
    ['looked at at once', 'save_privacy', ', next_at = private.now()', ''],
    ['under the account\'s lock', 'save_privacy', 'perform private.lock_account(save_privacy.account_id);', ''],
    ['it is logged', 'save_privacy', 'perform private.log_activity(', 'perform jsonb_build_array('],
  ]),
]
