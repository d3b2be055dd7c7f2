import { defineStore } from 'pinia'
import { ref } from 'vue'
import { useDeps } from '~/composables/useDeps'
import { useReread } from '~/composables/useReread'
import { useAccountStore } from '~/stores/accountStore'
import type { CallConditions } from '~~/business/models/callFilter.ts'
import type { ChosenDisposition } from '~~/business/models/disposition.ts'

/** The calls of the current account. */
export const useCallStore = defineStore('call', () => {
  const { calls, campaigns } = useDeps()
  const accounts = useAccountStore()
  const reread = useReread()

  /** The calls of the list that was last looked at, in its order. */
  const listed = ref<string[]>([])

  /** What a conversation meant decides who is called again and who stands on the do-not-call list. */
  async function setDisposition(callId: string, chosen: ChosenDisposition) {
    const answer = await calls.setDisposition(callId, chosen)
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

  async function change<T>(command: Promise<T>): Promise<T> {
    const answer = await command
    await reread(['calls', accounts.requireId(), 'views'])
    return answer
  }

  return {
    listed,
    requestCallback,
    setDisposition,
    list: (conditions: CallConditions, cursor: unknown) => calls.list({ ...conditions, account_id: accounts.requireId() }, cursor),
    count: (conditions: CallConditions) => calls.count({ ...conditions, account_id: accounts.requireId() }),
    listJudges: () => calls.listJudges(accounts.requireId()),
    listViews: () => calls.listViews(accounts.requireId()),
    saveView: (name: string, query: string) => change(calls.saveView(accounts.requireId(), name, query)),
    deleteView: (viewId: string) => change(calls.deleteView(viewId)),
    get: calls.get,
    watch: calls.watch,
    signRecording: calls.signRecording,
    refresh: () => reread('calls'),
  }
})
