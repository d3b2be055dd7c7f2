import { useI18n } from 'vue-i18n'
import { topUpPlace } from '~/components/shared/menu'
import { useErrorText } from '~/composables/useErrorText'
import { fieldErrorsOf } from '~~/business/models/appError.ts'
import { refusalOf, type CallRefusal } from '~~/business/models/testCall.ts'

const waysOut: Partial<Record<CallRefusal, string>> = { do_not_call: '/contacts/do-not-call', no_minutes: topUpPlace }

/** Why there is no call, in words, with the way to mend it where a page does. */
export function useTestCallRefusal() {
  const { t, te } = useI18n()
  const errorText = useErrorText()
  return (error: unknown) => {
    const reason = refusalOf(error)
    const [fault] = fieldErrorsOf(error)
    if (!reason) {
      const { title, description } = errorText(error)
      const place = fault && te(`assistants.fields.${fault.field}`) ? `${t(`assistants.fields.${fault.field}`)}: ` : ''
      return { title: place ? t('test_call.unfinished') : title, text: `${place}${fault?.message ?? description}`, link: null }
    }
    const to = waysOut[reason]
    return {
      title: t(`test_call.refused.${reason}.title`), text: t(`test_call.refused.${reason}.text`),
      link: to ? { to, label: t(`test_call.refused.${reason}.action`) } : null,
    }
  }
}
