/** HIPAA mode: who switches it, whom it masks people for, what it shortens and what it keeps in the house. */
import { guards } from '../mutation.ts'

const SWITCHED = 'database/hipaaMode > is one by the word'
const KEPT = 'database/hipaaMode > keeps recordings'
const OUTSIDE = 'database/hipaaMode > has its calls'

export const hipaaModeGuards = [
  ...guards(SWITCHED, [
    ['who asks for it has a second factor', 'set_hipaa_mode', 'perform private.require_own_factor();', ''],
    ['said whether', 'set_hipaa_mode', 'if set_hipaa_mode.is_on is null then', 'if false then'],
    ['everybody needs one', 'set_hipaa_mode', 'a.requires_second_factor or set_hipaa_mode.is_on', 'a.requires_second_factor'],
    ['logged once', 'set_hipaa_mode', ' and a.is_hipaa <> set_hipaa_mode.is_on', ''],
    ['open pages hear of it', 'set_hipaa_mode', 'update engine.accounts e set team_changed_at = private.now(), changed_at = private.now() where e.account_id = account.id;', ''],
  ]),
  ...guards('database/hipaaMode > shows names', [
    ['masked', 'admits', `when account.is_hipaa and admits.permission = 'contacts.read_personal' and admits.role not in ('owner', 'admin') then false`, ''],
    ['said that it is the mode', 'refuse_right', `elsif account.status = 'active' and account.is_hipaa and refuse_right.permission = 'contacts.read_personal' then`, 'elsif false then'],
  ]),
  ...guards(KEPT, [
    ['from its beginning on', 'set_hipaa_mode', 'where set_hipaa_mode.is_on and r.account_id = account.id', 'where false and r.account_id = account.id'],
    ['what is shorter stays', 'set_hipaa_mode', ' and coalesce(r.days, 3650) > 30', ''],
    ['recordings', 'save_privacy', `'recording_days', 1, case when is_hipaa then 30 else 3650 end, not is_hipaa)`, `'recording_days', 1, 3650, true)`],
    ['transcripts', 'save_privacy', `'transcript_days', 1, case when is_hipaa then 30 else 3650 end, not is_hipaa)`, `'transcript_days', 1, 3650, true)`],
  ]),
  ...guards('database/hipaaMode > is ended by', [
    ['the factor goes after it', 'require_second_factor', `if not require_second_factor.is_required and exists (select from public.accounts a where a.id = require_second_factor.account_id and a.is_hipaa) then`, 'if false then'],
  ]),
  ...guards(OUTSIDE, [
    ['no model', 'call_to_analyse', 'not (select a.is_hipaa from public.accounts a where a.id = c.account_id)', 'true'],
    ['the carrier knows', 'dial_order', `'is_hipaa', k.is_hipaa`, `'is_hipaa', false`],
  ]),
  ...guards('database/accountLock > set_hipaa_mode', [
    ['the account is locked', 'set_hipaa_mode', 'perform private.lock_account(set_hipaa_mode.account_id);', ''],
  ]),
]
