/** What keeps strangers and the impatient out. */
import { guards } from '../mutation.ts'

export const hardeningGuards = [
  ...guards('database/requestLimits', [
    ['a household is one', 'rate_key', 'then network(set_masklen(rate_key.key::inet, 64))::text', 'then rate_key.key'],
    ['so many and no more', 'spend_request', 'where greatest(r.spent_until, moment) + step <= moment + allowed.per', ''],
    ['what is past is forgiven', 'spend_request', 'do update set spent_until = greatest(r.spent_until, moment) + step', 'do update set spent_until = r.spent_until + step'],
    ['the longest wait', 'spend_requests', 'select max(', 'select min('],
    ['the gateway that cannot be forged', 'request_ip', `private.request_header('cf-connecting-ip')`, 'null'],
    ['the part that the gateway wrote', 'request_ip', `',', -1)`, `',', 1)`],
    ['a refusal', 'limit_requests', 'if seconds is not null then', 'if false then'],
    ['only what says nothing', 'forget_requests', 'where o.spent_until < forget_requests.moment', ''],
    ['accounts from one address', 'open_account', `perform private.limit_requests('open_account_address', host(private.request_ip()));`, ''],
    ['mails of a person', 'mail_invitation', `perform private.limit_requests('invitation_person', auth.uid()::text);`, ''],
  ]),
  ...guards('database/allowedNetworks', [
    ['from elsewhere nothing', 'admits', 'when not private.is_inside(account.allowed_networks) then false', ''],
    ['from nowhere', 'is_inside', 'coalesce(private.request_ip() <<= any(is_inside.networks), false)', 'coalesce(private.request_ip() <<= any(is_inside.networks), true)'],
    ['topics are not asked', 'is_inside', `or nullif(current_setting('realtime.topic', true), '') is not null`, ''],
    ['said why', 'refuse_right', 'if not private.is_inside(account.allowed_networks) then', 'if false then'],
    ['signed', 'is_vouched', `and encode(extensions.hmac(is_vouched.address || ' ' || auth.uid(), s.decrypted_secret, 'sha256'), 'hex') = any(string_to_array(private.request_header('x-client-proof'), ','))`, ''],
    ['for this person', 'is_vouched', `is_vouched.address || ' ' || auth.uid()`, `is_vouched.address || ' ' || (select m.user_id from public.members m order by m.created_at limit 1)`],
    ['fifty at most', 'read_networks', 'if cardinality(given) > 50 then', 'if false then'],
    ['networks', 'read_networks', `elsif exists (select from unnest(given) n where n is null or not pg_input_is_valid(n, 'inet')) then`, 'elsif false then'],
    ['not everything', 'read_networks', 'elsif exists (select from unnest(given) n where masklen(n::inet) < 8) then', 'elsif false then'],
    ['nobody locks themselves out', 'save_allowed_networks', 'if not private.is_inside(wanted) then', 'if false then'],
    ['it is logged once', 'save_allowed_networks', 'if account.allowed_networks is distinct from wanted then', 'if true then'],
  ]),
  ...guards('database/accountLock', [
    ['the account is locked', 'save_allowed_networks', 'perform private.lock_account(save_allowed_networks.account_id);', ''],
  ]),
  ...guards('database/hostileInput', [
    ['somebody to add', 'enrol_contacts', 'elsif contact_ids is null then', 'elsif false then'],
    ['a part of the file', 'import_contacts', 'if coalesce(import_contacts.chunk, -1) < 0 then', 'if false then'],
  ]),
]
