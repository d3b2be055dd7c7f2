import { defineStore } from 'pinia'
import { ref } from 'vue'
import { useDeps } from '~/composables/useDeps'
import { useRunAndReread } from '~/composables/useReread'
import { useAccountStore } from '~/stores/accountStore'
import { useLiveCallStore } from '~/stores/liveCallStore'
import type { TestCallWish } from '~~/business/models/testCall.ts'

/** The person's own number, and the assistant that calls it. */
export const useTestCallStore = defineStore('testCall', () => {
  const { calls, testCalls } = useDeps()
  const liveCalls = useLiveCallStore()
  const accounts = useAccountStore()
  const run = useRunAndReread('own-number')

  /** The last test call of this visit: whoever closes the panel and opens it again finds it as it is. */
  const callId = ref<string | null>(null)
  const assistantId = ref<string | null>(null)

  async function place(wish: TestCallWish) {
    callId.value = (await run(testCalls.place(wish))).call_id
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
    hangUp: liveCalls.end,
    getOwnNumber: testCalls.getOwnNumber,
    requestCode: (phone: string) => run(testCalls.requestCode(accounts.requireId(), phone)),
    confirmCode: (code: string) => run(testCalls.confirmCode(code)),
    removeOwnNumber: () => run(testCalls.removeOwnNumber()),
  }
})
