import { useI18n } from 'vue-i18n'
import { useErrorText } from '~/composables/useErrorText'
import { AppError } from '~~/business/models/appError.ts'

/** The auth service has its own reasons (wrong password, address not confirmed); they have their own words. */
export function useAuthErrorText() {
  const { t, te } = useI18n()
  const errorText = useErrorText()
  return (error: unknown) => {
    const key = `auth.reasons.${reasonOf(error) ?? ''}`
    return te(`${key}.title`) ? { title: t(`${key}.title`), description: t(`${key}.text`) } : errorText(error)
  }
}

/** The auth service's code, as sessionRepository passes it on. */
export function reasonOf(error: unknown): string | null {
  if (!(error instanceof AppError)) return null
  const { details } = error
  const hasReason = typeof details === 'object' && details !== null && 'reason' in details
  return hasReason ? String(details.reason) : null
}
