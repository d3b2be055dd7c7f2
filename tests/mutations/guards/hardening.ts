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
]
