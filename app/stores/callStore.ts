import { defineStore } from 'pinia'
import { ref } from 'vue'
import { useDeps } from '~/composables/useDeps'
import { useReread } from '~/composables/useReread'
import { useAccountStore } from '~/stores/accountStore'
import type { Disposition } from '~~/business/models/call.ts'
import type { CallFilter } from '~~/business/models/callRecord.ts'

/** The calls of the current account. */
export const useCallStore = defineStore('call', () => {
  const { calls, campaigns } = useDeps()
  const accounts = useAccountStore()
  const reread = useReread()

  /** The calls of the list that was last looked at, in its order. */
  const listed = ref<string[]>([])

  /** What a conversation meant decides who is called again and who stands on the do-not-call list. */
  async function setDisposition(callId: string, disposition: Disposition) {
    const answer = await calls.setDisposition(callId, disposition)
    await refreshEverywhere()
    return answer
  }

  const refreshEverywhere = () => reread('calls', 'contacts', 'do-not-call', 'campaigns')

  /** Answers when it will be: the first moment from then on at which calling is allowed. */
  async function requestCallback(enrolmentId: string, localTime: string, note: string) {
    const answer = await campaigns.requestCallback(enrolmentId, localTime, note)
    await refreshEverywhere()
    return answer
  }

  return {
    listed,
    requestCallback,
    setDisposition,
    list: (filter: Omit<CallFilter, 'account_id'>, cursor: unknown) => calls.list({ ...filter, account_id: accounts.requireId() }, cursor),
    get: calls.get,
    watch: calls.watch,
    signRecording: calls.signRecording,
    refresh: () => reread('calls'),
  }
})
