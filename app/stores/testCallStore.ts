import { defineStore } from 'pinia'
import { ref } from 'vue'
import { useDeps } from '~/composables/useDeps'
import { useReread } from '~/composables/useReread'
import { useAccountStore } from '~/stores/accountStore'
import type { TestCallWish } from '~~/business/models/testCall.ts'

/** The person's own number, and the assistant that calls it. */
export const useTestCallStore = defineStore('testCall', () => {
  const { calls, testCalls } = useDeps()
  const accounts = useAccountStore()
  const reread = useReread()

  /** The last test call of this visit: whoever closes the panel and opens it again finds it as it is. */
  const callId = ref<string | null>(null)
  const assistantId = ref<string | null>(null)

  async function changed<T>(change: Promise<T>): Promise<T> {
    try {
      return await change
    } finally {
      await reread('own-number')
    }
  }

  async function place(wish: TestCallWish) {
    callId.value = (await changed(testCalls.place(wish))).call_id
    assistantId.value = wish.assistant_id
  }

  function forget() {
    callId.value = null
  }

  return {
    callId,
    assistantId,
    place,
    forget,
    getCall: calls.get,
    hangUp: testCalls.hangUp,
    getOwnNumber: testCalls.getOwnNumber,
    requestCode: (phone: string) => changed(testCalls.requestCode(accounts.requireId(), phone)),
    confirmCode: (code: string) => changed(testCalls.confirmCode(code)),
    removeOwnNumber: () => changed(testCalls.removeOwnNumber()),
  }
})
