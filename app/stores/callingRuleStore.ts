import { defineStore } from 'pinia'
import { useDeps } from '~/composables/useDeps'
import { useRunAndReread } from '~/composables/useReread'
import { useAccountStore } from '~/stores/accountStore'
import type { AccountRulesContent } from '~~/business/models/accountRules.ts'

/** When and how often the current account calls, whatever the campaign, and the law beside it. */
export const useCallingRuleStore = defineStore('callingRule', () => {
  const { accounts: repository } = useDeps()
  const accounts = useAccountStore()
  const run = useRunAndReread('calling-rules', 'campaigns')

  return {
    get: () => repository.getRules(accounts.requireId()),
    save: (content: AccountRulesContent) => run(repository.saveRules(accounts.requireId(), content)),
  }
})
