/** What an account is open for: which rights its state leaves, and that a held one calls nobody and buys nothing. */
import { guards, type Mutation } from '../mutation.ts'

/** The view that every right goes through, with one condition less. */
const viewWithout = (name: string, hint: string, find: string, replace: string): Mutation => ({
  name: `my_rights: ${name}`, hint, change: { statement: `do $do$
    declare
      text text := pg_get_viewdef('private.my_rights'::regclass);
      changed text := replace(text, '${find.replaceAll('\'', '\'\'')}', '${replace.replaceAll('\'', '\'\'')}');
    begin
      if changed = text then
        raise exception 'my_rights holds no such condition: %', text;
      end if;
      execute 'create or replace view private.my_rights as ' || changed;
    end $do$` },
})

export const accountStateGuards = [
  viewWithout('of the person', 'database/rights', 'm.user_id = ( SELECT auth.uid() AS uid)', 'true'),
  viewWithout('the state of the account', 'database/accountStates', '(NOT a.is_restricted) OR', 'true OR'),
  ...guards('database/accountStates', [
    ['suspended is to read', 'admits', `account.status = 'suspended' and`, 'false and'],
    ['closed is its owners\'', 'admits', `admits.role = 'owner' and `, ''],
    ['closed is to read', 'admits', `admits.role = 'owner' and private.is_reading(admits.permission)`, `admits.role = 'owner'`],
    ['what is left of it', 'require_membership', 'if not exists (select from private.my_rights r', 'if false and not exists (select from private.my_rights r'],
    ['a note is a change', 'add_contact_note', `perform private.require_active(contact.account_id, 'contacts.read_personal');`, ''],
    ['a note less is a change', 'delete_contact_note', `perform private.require_active(contact.account_id, 'contacts.read_personal');`, ''],
    ['a held account waits', 'due_accounts', 'and not a.is_held ', ''],
    ['a held account waits', 'judge_dial', 'when (select a.is_held from engine.accounts a where a.account_id = call.account_id) then', 'when false then'],
    ['a held account waits', 'judge_asked_call', 'when (select a.is_held from engine.accounts a where a.account_id = call.account_id) then', 'when false then'],
    ['a held account waits', 'sweep_schedule', ' and not a.is_held', ''],
    ['a held account buys nothing', 'sweep_top_ups', ' and not a.is_held', ''],
    ['only about itself', 'is_mailed_to', ' and private.may_be_mailed(notice)', ''],
    ['nobody joins', 'accept_invitation', `elsif not exists (select from public.accounts a where a.id = invitation.account_id and a.status = 'active') then`, 'elsif false then'],
    ['nobody is asked', 'invitation_mail', ` and a.status = 'active'`, ''],
    ['what is not dialled is taken back', 'set_account_status', 'if holds then', 'if false then'],
    ['pages hear of it', 'set_account_status', 'team_changed_at = moment, ', ''],
    ['it is logged', 'set_account_status', `'account.' || verb`, `'unsaid.' || verb`],
    ['a held account waits', 'claim_account', ' and not a.is_held', ''],
    ['an operator', 'require_operator', 'if not exists', 'if false and not exists'],
    ['an operator', 'suspend_account', 'perform private.require_operator(actor);', ''],
    ['an operator', 'reactivate_account', 'perform private.require_operator(actor);', ''],
    ['a reason', 'state_reason', 'not between 1 and 500', 'not between 0 and 501'],
    ['not a closed one', 'suspend_account', `if account.status = 'closed' then`, 'if false then'],
    ['the same again is no news', 'suspend_account', `elsif account.status = 'suspended' and account.status_reason = words then`, 'elsif false then'],
    ['only a suspended one', 'reactivate_account', `if found_status <> 'suspended' then`, 'if false then'],
    ['it is over', 'reactivate_account', `perform private.resolve_notices(reactivate_account.account_id, null, '{account_suspended}');`, ''],
    ['under its name', 'close_account', 'elsif private.clean_text(close_account.name) is distinct from account.name then', 'elsif false then'],
    ['nothing under way', 'close_account', `elsif uses <> '{"campaigns": 0, "calls": 0}' then`, 'elsif false then'],
    ['the account is told', 'close_account', `perform private.notify(account.id, null, 'account_closed');`, ''],
    ['an owner', 'require_owner', `and m.user_id = auth.uid() and m.role = 'owner'`, 'and m.user_id = auth.uid()'],
    ['only a closed one', 'reopen_account', `if account.status <> 'closed' then`, 'if false then'],
    ['within thirty days', 'reopen_account', 'elsif account.erase_at <= private.now() then', 'elsif false then'],
    ['it is over', 'reopen_account', `perform private.resolve_notices(account.id, null, '{account_closed}');`, ''],
  ]),
  ...guards('database/accountProfile', [
    ['a name', 'check_account_profile', `elsif content ? 'name' and`, 'elsif false and'],
    ['a known kind', 'check_account_profile', `elsif content ? 'company_type' and`, 'elsif false and'],
    ['a known zone', 'check_account_profile', `elsif content ? 'time_zone' and`, 'elsif false and'],
    ['what is sound', 'save_account', 'perform private.check_account_profile(content);', ''],
    ['it is logged once', 'save_account', 'if after <> before then', 'if true then'],
    ['pages hear of it', 'save_account', 'team_changed_at = private.now(), ', ''],
    ['a known kind', 'open_account', `elsif not coalesce(open_account.type, '') = any(enum_range(null::public.company_type)::text[]) then`, 'elsif false then'],
    ['what it begins with', 'open_account', 'perform private.apply_company_type(opened, open_account.type::public.company_type);', ''],
    ['its words', 'apply_company_type', 'from jsonb_to_recordset(defaults.dispositions)', `from jsonb_to_recordset('[]'::jsonb)`],
    ['its rules', 'apply_company_type', 'perform private.write_account_rules(apply_company_type.account_id, defaults.rules);', ''],
  ]),
  ...guards('database/accountLock', [
    ['the account is locked', 'close_account', 'perform private.lock_account(close_account.account_id);', ''],
    ['the account is locked', 'save_account', 'perform private.lock_account(save_account.account_id);', ''],
    ['the account is locked', 'reopen_account', 'perform private.lock_account(reopen_account.account_id);', ''],
  ]),
]
