import { useI18n } from 'vue-i18n'
import { formatNumber } from '~/utils/format'

/** Why a row stays out, in words; of a reason that this version does not know, the database's own. */
export function useFaultText() {
  const { t, te } = useI18n()

  function faultText({ code, first_row, message }: { code: string, first_row?: number, message?: string }): string {
    if (code === 'duplicate' && first_row) return t('imports.faults.duplicate_of', { row: formatNumber(first_row) })
    return te(`imports.faults.${code}`) ? t(`imports.faults.${code}`) : message ?? t('imports.faults.refused')
  }

  const fieldText = (field: string) => (te(`imports.fields.${field}`) ? t(`imports.fields.${field}`) : field)

  return { faultText, fieldText }
}
