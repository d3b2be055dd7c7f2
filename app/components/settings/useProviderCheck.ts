import { ref } from 'vue'
import { useI18n } from 'vue-i18n'
import { useErrorText } from '~/composables/useErrorText'
import { useToast } from '~/composables/useToast'
import { useProviderStore } from '~/stores/providerStore'
import { AppError } from '~~/business/models/appError.ts'

/** Asks the provider again with the key it has, and says what came of it: done, refused still, or not answered. */
export function useProviderCheck(connectionId: () => string, done: () => string) {
  const { t } = useI18n()
  const store = useProviderStore()
  const toast = useToast()
  const errorText = useErrorText()
  const isAsking = ref(false)

  function wordsFor(error: unknown) {
    const code = error instanceof AppError ? error.code : ''
    if (code === 'invalid_input') return { title: t('provider.refused.auth'), description: t('provider.refused.auth_do') }
    return code === 'unavailable' ? { title: t('provider.key.unasked'), description: t('provider.key.unasked_text') } : errorText(error)
  }

  async function ask() {
    isAsking.value = true
    try {
      await store.checkAgain(connectionId())
      void toast.success(done())
    } catch (error) {
      const { title, description } = wordsFor(error)
      void toast.error(title, { description })
    } finally {
      isAsking.value = false
    }
  }

  return { ask, isAsking }
}
