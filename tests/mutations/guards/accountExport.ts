/** An account that its owner takes along: who may, what of it, and where a page goes on. */
import { guards } from '../mutation.ts'

export const accountExportGuards = [
  ...guards('database/accountExport > who exports', [
    ['an owner', 'export_account', 'perform private.require_owner(export_account.account_id);', ''],
    ['it is logged', 'export_account', `perform private.log_activity(export_account.account_id, 'account.exported', 'account', export_account.account_id);`, ''],
    ['a part that there is', 'export_account', 'if not exists (select from private.account_parts() a where a.part = export_account.part) then', 'if false then'],
    ['a readable place', 'export_account', `elsif jsonb_typeof("cursor") is distinct from 'object' and "cursor" <> 'null' then`, 'elsif false then'],
    ['what is the engine\'s stays', 'part_rows', 'r.value - spec.hidden', 'r.value'],
    ['nothing runs that was sent', 'part_rows', `format('%L', "cursor" ->> k)`, `format('''%s''', "cursor" ->> k)`],
  ]),
  ...guards('database/accountExport > an account that is exported > comes with', [
    ['of this account', 'part_rows', 'where x.account_id = $1 %3$s', 'where $1 is not null %3$s'],
  ]),
  ...guards('database/accountExport > an account that is exported > goes on', [
    ['after the last row', 'part_rows', `format('and (%s) > (%s)', columns, last_seen)`, `format('and (%s) >= (%s)', columns, last_seen)`],
  ]),
]
