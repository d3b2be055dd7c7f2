/** What is done for a conversation after its settlement, and what an analysis of our own may say. */
import { guards } from '../mutation.ts'

export const analysisGuards = [
  ...guards('database/analysis', [
    ['once', 'lacks_analysis', 'told.computed is null and ', ''],
    ['of conversations alone', 'lacks_analysis', `and call.outcome = 'answered' `, ''],
    ['somebody spoke', 'lacks_analysis', `where t ->> 'role' = 'contact'`, ''],
    ['a beat that is at it is left alone', 'finish_conversations', 'limit 50 for update skip locked', 'limit 50'],
    ['words that changed', 'store_conversation', ', words = null', ''],
    ['it is asked for', 'finish_conversations', 'where c.id = any(finished) and private.lacks_analysis(t, c)', 'where false'],
    ['only where something is missing', 'finish_conversations', ' and private.lacks_analysis(t, c)', ''],
    ['nothing that is not missing', 'call_to_analyse', ' and private.lacks_analysis(t, c));', ');'],
    ['in bounds', 'call_to_analyse', ' where s.place <= 500', ''],
    ['nothing over the carrier\'s', 'note_findings', 'if not found or not private.lacks_analysis(told, call) then', 'if not found then'],
    ['the mood that somebody heard', 'note_findings', ' and c.sentiment is null', ''],
    ['the carrier heard no wish', 'note_findings', ` and not coalesce(told.structured, '{}') ? 'opt_out'`, ''],
    ['a wish is heeded', 'note_findings', `perform private.opt_out_of_call(call, found_by::public.disposition_source, '');`, ''],
    ['by the criterion', 'note_findings', `(select v.success_criterion from public.assistant_versions v where v.id = call.assistant_version_id)`, `''::text`],
    ['do not call is a wish', 'note_findings', `if proposed is distinct from 'do_not_call' then`, 'if true then'],
    ['conversations are finished', 'tick', 'perform private.finish_conversations(private.now());', ''],
  ]),
  ...guards('database/chosenDispositions', [
    ['of the account', 'chosen_disposition', 'and d.account_id = call.account_id', ''],
    ['those that are offered', 'chosen_disposition', 'and (d.archived_at is null or d.archived_at > call.dialled_at)', ''],
    ['what was offered at the dial', 'chosen_disposition', ' or d.archived_at > call.dialled_at', ''],
    ['wishes and facts', 'chosen_disposition', `and coalesce(proposed, 'information') in ('interested', 'information', 'not_interested')`, ''],
    ['the verdict', 'chosen_disposition', `and coalesce(is_success = (d.meaning = 'positive'), true)`, ''],
    ['only where there is a criterion', 'chosen_disposition', `criterion <> '' and `, ''],
    ['a wish takes it away', 'opt_out_of_call', 'own_disposition_id = null, ', ''],
    ['none that was put away', 'offered_dispositions', ' and d.archived_at is null', ''],
    ['thirty', 'offered_dispositions', ' limit 30', ''],
  ]),
]
