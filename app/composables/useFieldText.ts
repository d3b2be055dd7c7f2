import { useI18n } from 'vue-i18n'
import { formatNumber } from '~/utils/format'

/** What zod says about a value; the message may be a key of the catalogue that words it better. */
export interface FieldIssue {
  message: string
  code?: string
  origin?: string
  format?: string
  minimum?: number | bigint
  maximum?: number | bigint
}

/** Words for what is wrong with a field's value. */
export function useFieldText() {
  const { t, te } = useI18n()
  return (issue: FieldIssue, value: unknown): string => {
    if (te(issue.message)) return t(issue.message)
    if (value === '' || value === null || value === undefined) return t('errors.field.required')
    const { key, count } = describe(issue)
    return t(`errors.field.${key}`, { count: formatNumber(Number(count)) })
  }
}

function describe({ code, origin, format, minimum, maximum }: FieldIssue) {
  const isText = origin === 'string'
  if (code === 'too_small') return { key: isText ? 'too_short' : 'too_small', count: minimum }
  if (code === 'too_big') return { key: isText ? 'too_long' : 'too_big', count: maximum }
  return { key: format === 'email' ? 'email' : 'invalid', count: 0 }
}
