import { useAccountStore } from '~/stores/accountStore'
import type { Permission } from '~~/business/models/account.ts'

/** What the person may do in the current account. It only decides what is offered: the database decides what happens. */
export function usePermissions() {
  const accounts = useAccountStore()
  return { can: (permission: Permission) => accounts.can(permission) }
}
