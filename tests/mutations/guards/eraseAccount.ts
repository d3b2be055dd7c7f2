/** The end of a closed account: by whom, when, and what goes before what. */
import { guards } from '../mutation.ts'

export const eraseAccountGuards = [
  ...guards('database/eraseAccount', [
    ['an owner', 'erase_account', 'perform private.require_owner(erase_account.account_id);', ''],
    ['only a closed one', 'erase_account', `if account.status <> 'closed' then`, 'if false then'],
    ['under its name', 'erase_account', 'elsif private.clean_text(erase_account.name) is distinct from account.name then', 'elsif false then'],
    ['of this account', 'erase_rows', 'x.account_id = $1 and ', '$1 is not null and '],
    ['not what is not gone yet', 'erase_calls', `and (c.recording_state in ('none', 'failed', 'expired') or private.is_deletion_refused(c))`, ''],
    ['a week', 'is_deletion_refused', ` - interval '7 days'`, ''],
    ['given up', 'is_deletion_refused', 'and o.quarantined_at is not null', ''],
    ['the place is kept', 'erase_calls', `jsonb_build_object('path', c.recording_path)`, `'{}'`],
    ['proof of what is gone', 'note_deleted_recording', `where job.payload ? 'path' and`, 'where false and'],
    ['of this account', 'erase_calls', 'c.account_id = erase_calls.account_id and ', ''],
    ['the carrier forgets', 'erase_calls', 'c.id = any(ids) and c.provider_call_id is not null', 'false'],
    ['recordings at once', 'erase_portion', `r.kind = 'recordings' and r.days is distinct from 1`, 'false'],
    ['until nothing is left', 'erase_portion', 'return room > 0 and', 'return true or room > 0 and'],
    ['only what is due', 'sweep_erasures', ' and p.erase_at <= moment', ''],
    ['its people lose it', 'sweep_erasures', 'delete from public.members m where m.account_id = due.account_id;', ''],
    ['the payment provider forgets', 'sweep_erasures', 'perform private.order_customer_erasure(due.account_id);', ''],
    ['of this account', 'order_customer_erasure', 'where c.account_id = order_customer_erasure.account_id', 'where true'],
    ['only what was done', 'heed_job', `job.kind = 'erase_customer' and is_done`, `job.kind = 'erase_customer'`],
    ['its name is not opened again', 'open_account', 'and a.erased_name_digest = md5(lower(company))', 'and false'],
    ['the books know', 'ledger_faults', 'and not private.is_erasing(b.account_id)', ''],
  ]),
  ...guards('database/accountLock', [
    ['the account is locked', 'erase_account', 'perform private.lock_account(erase_account.account_id);', ''],
  ]),
]
