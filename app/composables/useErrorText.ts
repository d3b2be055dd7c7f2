import { useI18n } from 'vue-i18n'
import { AppError } from '~~/business/models/appError.ts'

/** Failures of these codes carry a sentence meant for the person; the others only one for the log. */
const spoken = new Set(['invalid_input', 'conflict', 'forbidden', 'insufficient_minutes', 'not_launchable', 'too_large'])

/** What the account is, where that and not the person's role stands in the way. */
function stateOf(error: unknown): string {
  const details = error instanceof AppError ? error.details : null
  return details && typeof details === 'object' && 'state' in details ? String(details.state) : ''
}

/** Words for a person: what happened and what to do next. */
export function useErrorText() {
  const { t, te } = useI18n()
  return (error: unknown) => {
    const code = error instanceof AppError ? error.code : 'internal'
    const state = code === 'forbidden' ? `errors.state.${stateOf(error)}` : ''
    const title = te(state) ? t(state) : t(`errors.${code}.title`)
    const sentences = error instanceof AppError && spoken.has(code) ? [error.message, error.hint] : []
    return {
      title,
      // What the title says already is not said twice.
      description: sentences.filter((sentence) => sentence && sentence !== `${title}.`).join(' ') || waitOf(error, t) || t(`errors.${code}.text`),
    }
  }
}

/** When to come again, as the refusal says it: rounded up, so that whoever waits that long is let through. */
function waitOf(error: unknown, t: ReturnType<typeof useI18n>['t']): string {
  const { retry_after_seconds: seconds } = ((error instanceof AppError && error.details) || {}) as { retry_after_seconds?: unknown }
  if (typeof seconds !== 'number') return ''
  const [unit, length] = seconds < 100 ? ['seconds', 1] as const : seconds < 6000 ? ['minutes', 60] as const : ['hours', 3600] as const
  return t(`errors.rate_limited.in_${unit}`, Math.ceil(seconds / length))
}
