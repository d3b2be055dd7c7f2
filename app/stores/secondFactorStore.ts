import { defineStore } from 'pinia'
import { useDeps } from '~/composables/useDeps'
import { useRunAndReread } from '~/composables/useReread'
import { useAccountStore } from '~/stores/accountStore'

/** The person's authenticator apps, and whether the current account asks for one. */
export const useSecondFactorStore = defineStore('second-factor', () => {
  const { secondFactor, accounts: repository } = useDeps()
  const accounts = useAccountStore()
  const run = useRunAndReread('second-factors')

  /** What the accounts open to the person hangs on what their session has shown. */
  async function andLoadAccounts(work: Promise<void>) {
    await run(work)
    await accounts.load()
  }

  async function removeShown(factorId: string, code: string) {
    await secondFactor.show(code)
    await secondFactor.remove(factorId)
  }

  async function setRule(isRequired: boolean) {
    await repository.requireSecondFactor(accounts.requireId(), isRequired)
    await accounts.load()
  }

  return {
    list: () => secondFactor.list(),
    begin: (name: string) => secondFactor.begin(name),
    confirm: (factorId: string, code: string) => andLoadAccounts(secondFactor.confirm(factorId, code)),
    show: (code: string) => andLoadAccounts(secondFactor.show(code)),
    /** Asks for a code of one of the apps once more: an open browser alone takes no protection away. */
    remove: (factorId: string, code: string) => andLoadAccounts(removeShown(factorId, code)),
    setRule,
  }
})
