import { watch } from 'vue'
import { isNavigationFailure, NavigationFailureType, useRouter } from 'vue-router'
import { useAccountStore } from '~/stores/accountStore'

/** Shows another account of the person: first leaves what belongs to the old one, and stays if somebody says "don't leave". */
export function useAccountSwitch() {
  const router = useRouter()
  const accounts = useAccountStore()
  return async (accountId: string) => {
    const failure = await router.push('/')
    if (!failure || isNavigationFailure(failure, NavigationFailureType.duplicated)) accounts.use(accountId)
  }
}

/** For detail pages: a link to something of another account of the same person opens it in that account. */
export function useAccountOf(thing: () => { account_id: string } | undefined) {
  const accounts = useAccountStore()
  watch(() => thing()?.account_id, (accountId) => accountId && accounts.use(accountId), { immediate: true })
}
