import { useI18n } from 'vue-i18n'
import type { MemberRole } from '~~/business/models/account.ts'

/** Roles to choose from, each with what it may do. */
export function useRoleOptions() {
  const { t } = useI18n()
  return (roles: readonly MemberRole[]) => roles.map((value) => ({ value: value as string, label: t(`team.role.${value}`), description: t(`team.role_text.${value}`) }))
}
