import { defineStore } from 'pinia'
import { useDeps } from '~/composables/useDeps'
import { useRunAndReread } from '~/composables/useReread'
import { useAccountStore } from '~/stores/accountStore'
import type { LiveCallFilter } from '~~/business/models/liveCall.ts'

/** The calls of the current account that are being made right now, and who comes after them. */
export const useLiveCallStore = defineStore('liveCall', () => {
  const { liveCalls } = useDeps()
  const accounts = useAccountStore()
  /** Whatever came of it, the call stands elsewhere now. */
  const run = useRunAndReread('live_calls', 'calls', 'campaigns')

  return {
    list: (filter: LiveCallFilter, cursor: unknown) => liveCalls.list(accounts.requireId(), filter, cursor),
    explainQueue: (campaignId: string | null) => liveCalls.explainQueue(accounts.requireId(), campaignId),
    end: (callId: string) => run(liveCalls.end(callId)),
  }
})
