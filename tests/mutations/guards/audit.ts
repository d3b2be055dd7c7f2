/** The log of what people do: that nothing is forgotten, nothing personal kept, and nothing changed afterwards. */
import { guards } from '../mutation.ts'

export const auditGuards = [
  ...guards('database/audit', [
    ['what nobody decides', 'told_changes', ' and k <> all(hidden)', ''],
    ['personal values', 'told_changes', 'case when k = any(told) and length', 'case when length'],
    ['nothing changed', 'note_pairs', `where note_pairs.change <> 'changed' or t.changes <> '{}'`, ''],
    ['many are one', 'note_pairs', '<= 20', '<= 1000000'],
    ['of its subject', 'speaks_of', `or line -> 'subject_id' = entry -> 'subject_id'`, 'or true'],
    ['with its intent', 'speaks_of', ` and line ->> 'verb' like any(spec.intents)`, ''],
    ['once', 'write_noted', 'where not exists (select from jsonb_array_elements(lines) l where private.speaks_of(l, e)) and', 'where'],
    ['what goes with its subject', 'write_noted', ` and (a.part is null or whole.change is distinct from 'deleted')`, ''],
    ['the nearest gateway', 'request_ip', `, ',', -1)`, `, ',', 1)`],
    ['no address', 'request_ip', `case when pg_catalog.pg_input_is_valid(address, 'inet') then address::inet end`, 'address::inet'],
    ['no id', 'request_id', `case when id ~ '^[A-Za-z0-9_-]{8,64}$' then id end`, 'id'],
    ['a browser\'s own words', 'complete_activity', `left(private.request_header('user-agent'), 300)`, `private.request_header('user-agent')`],
    ['a member is a person', 'actor_kind', ' and m.account_id = actor_kind.account_id', ' and false'],
    ['the heartbeat is the product', 'tick', `perform set_config('outdial.beat', 'on', true);`, ''],
    ['an import is one thing', 'import_contacts', `perform private.log_activity(account_id, 'import.written', 'import', import.id, jsonb_build_object('chunk', import_contacts.chunk, 'count', jsonb_array_length(rows)));`, ''],
  ]),
  ...guards('database/activityChain', [
    ['in portions', 'link_activity', ' limit line_limit', ''],
    ['the link before', 'link_hash', `coalesce(link_hash.previous, '') || `, ''],
    ['no link is missing', 'first_broken_link', `when link.place <> from_position + link_count then 'link_missing' `, ''],
    ['no line is missing', 'first_broken_link', `when link.found < cardinality(link.line_ids) then 'lines_missing'`, ''],
    ['of the account', 'first_broken_link', ' and a.account_id is not distinct from first_broken_link.account_id', ''],
    ['as it was written', 'first_broken_link', `when link.hash <> private.link_hash(previous, link.line_ids) then 'lines_changed'`, ''],
    ['to its end', 'chain_fault', `when head.position is distinct from last.position or head.hash is distinct from last.hash or coalesce(head.line_count, 0) <> linked then 'end_missing'`, ''],
    ['nothing beside it', 'chain_fault', `then 'lines_added' end`, 'and false then \'lines_added\' end'],
    ['each minute', 'sweep_slowly', 'perform private.link_activity(10000);', ''],
  ]),
  ...guards('database/activityReads', [
    ['money for whoever reads bills', 'search_activity', '(reads_bills or not private.speaks_of_money(l))', 'true'],
    ['a filter that nobody knows', 'search_activity', `if not array(select jsonb_object_keys(filter)) <@ `, `if false and not array(select jsonb_object_keys(filter)) <@ `],
    ['masked names', 'search_activity', 'private.activity_subject(g, is_visible)', 'private.activity_subject(g, true)'],
  ]),
  ...guards('database/health', [
    ['a late heartbeat', 'service_health', 'private.beat_age_seconds() <= 180', 'true'],
    ['events that wait', 'service_health', 'greatest(waiting.events, waiting.payments) <= 300', 'true'],
    ['the installation\'s people', 'is_operator', 'where p.user_id = private.proven_person()', 'where true'],
    ['a session that showed all it has', 'is_operator', 'private.proven_person()', 'auth.uid()'],
    ['a session that lives', 'require_being_operator', 'perform private.require_session();', ''],
    ['who they are', 'require_being_operator', 'if not private.is_operator() then', 'if false then'],
    ['the figures', 'platform_metrics', 'perform private.require_being_operator();', ''],
    ['balances', 'drifted_accounts', 'a.balance_seconds <> coalesce(l.balance_after, 0)', 'false'],
  ]),
]
