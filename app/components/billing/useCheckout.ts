import { useEventListener } from '@vueuse/core'
import { ref } from 'vue'
import { useErrorToast } from '~/composables/useErrorToast'
import { useBillingStore } from '~/stores/billingStore'
import { leaveFor } from '~/utils/leaveFor'
import type { Choice } from '~~/business/models/billing.ts'

/**
 * The way to the payment page. Asked again after a lost answer, the same choice carries the same request, which makes one
 * order of both; a payment that was opened is over as far as this page knows.
 */
export function useCheckout() {
  const store = useBillingStore()
  const showError = useErrorToast()
  const isOpening = ref(false)
  let attempt = { of: '', requestId: '' }

  function requestFor(choice: Choice, savesCard: boolean): string {
    const of = JSON.stringify([choice, savesCard])
    if (attempt.of !== of) attempt = { of, requestId: crypto.randomUUID() }
    return attempt.requestId
  }

  async function open(work: () => Promise<{ url: string }>) {
    if (isOpening.value) return
    isOpening.value = true
    try {
      const { url } = await work()
      attempt = { of: '', requestId: '' }
      leaveFor(url)
    } catch (error) {
      isOpening.value = false
      showError(error)
    }
  }

  /** Back from the payment page the browser shows this one as it was left: at work. */
  useEventListener('pageshow', ({ persisted }: PageTransitionEvent) => persisted && (isOpening.value = false))

  return {
    isOpening,
    pay: (choice: Choice, savesCard = false) => open(() => store.openCheckout(requestFor(choice, savesCard), choice, savesCard)),
    resume: (orderId: string) => open(() => store.continueOrder(orderId)),
    addCard: () => open(store.addCard),
  }
}
