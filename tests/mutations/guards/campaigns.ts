/** What a campaign says over its assistant, and in which order it calls. */
import { guards } from '../mutation.ts'

export const campaignGuards = [...guards('database/campaignWords', [
  ['a test call has no campaign', 'campaign_words', 'if campaign.id is null then', 'if false then'],
  ['a contact\'s own assistant keeps its voice', 'campaign_words', 'if version.assistant_id = campaign.assistant_id then', 'if true then'],
  ['the campaign\'s recording', 'campaign_words', 'coalesce(campaign.record_calls, version.record_calls)', 'version.record_calls'],
  ['one question of a name', 'campaign_words', `where not exists (select from jsonb_array_elements(campaign.qualification) q where q ->> 'name' = f.value ->> 'name')`, ''],
  ['the words of the campaign', 'dial_order', 'private.campaign_words(pinned, own)', 'private.campaign_words(pinned, null)'],
  ['no longer than is reserved', 'dial_order', 'least(s.maximum_seconds, c.reserved_seconds)', 's.maximum_seconds'],
  ['what it chose', 'voice_fault', 'if campaign.voice_id is null and campaign.language is null or', 'if'],
  ['the pair', 'check_overrides', 'if fault is not null then', 'if false then'],
  ['told before the start', 'blockers_of', 'and private.voice_fault(k) is not null', 'and false'],
  ['by lot', 'enqueue', 'private.queue_position(call_order, e)', 'e.position'],
  ['whoever waits', 'write_settings', 'perform private.order_campaign(campaign.id);', ''],
  ['the rest of the order', 'sweep_portions', 'perform private.order_onwards(due.campaign_id);', ''],
  ['where it stopped', 'order_onwards', 'and f.position > (select h.order_from from engine.campaigns h where h.campaign_id = campaign.id)', ''],
  ['only where the campaign says so', 'preferred_version', 'if not campaign.uses_preferred_assistants then', 'if false then'],
  ['one that is in use', 'preferred_version', ' and a.archived_at is null', ''],
  ['of the account', 'preview_campaign', 'and v.account_id = preview_campaign.account_id', ''],
  ['the pinned version', 'preview_campaign', '(campaign.assistant_version_id is null or v.id = campaign.assistant_version_id)', 'true'],
]), ...guards('database/duplicateCampaign', [
  ['a broken copy is remembered', 'copy_contacts', 'copying_from = case when page.n = 1000 then source.id end', 'copying_from = null'],
  ['a whole one is forgotten', 'copy_contacts', 'copying_from = case when page.n = 1000 then source.id end', 'copying_from = source.id'],
  ['so is one that was emptied', 'empty_campaign', 'set copying_from = null, copied_to = null', 'set copied_to = null'],
]), ...guards('database/forecast', [
  ['a call asks once', 'call_history', 'group by b.call_id', 'group by b.call_id, b.id'],
  ['the first one', 'keep_forecast', 'and k.kept_forecast is null', ''],
  ['soon after the start', 'keep_forecast', `and k.started_at > private.now() - interval '10 minutes'`, ''],
  ['a forecast', 'keep_forecast', `if jsonb_typeof(figures -> 'people') is distinct from 'number'`, `if false and jsonb_typeof(figures -> 'people') is distinct from 'number'`],
])]
