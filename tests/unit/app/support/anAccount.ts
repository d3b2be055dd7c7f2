import type { Account } from '../../../../business/models/account.ts'

/** An account as my_accounts answers it, with what a test says about it. */
export const anAccount = (more: Partial<Account> = {}): Account => ({
  account_id: 'a1', name: 'Engines', time_zone: 'UTC', company_type: 'generic', format_style: 'american', template_kind: null, role: 'owner', status: 'active', status_reason: null,
  status_at: '2026-11-01T10:00:00Z', erase_at: null, idle_minutes: 0, is_outside: false,
  permissions: [], team_changed_at: null, requires_second_factor: false, second_factor: null, ...more,
})
