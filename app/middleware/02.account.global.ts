import { useAccountStore } from '~/stores/accountStore'
import { useSessionStore } from '~/stores/sessionStore'

/**
 * Pages behind the sign-in work in an account. The first confirmed session has none yet: it is opened here under the
 * company name of the sign-up, on whichever device the link was opened; without a name the person is asked for one.
 */
export default defineNuxtRouteMiddleware(async (to) => {
  const { user } = useSessionStore()
  const accounts = useAccountStore()
  if (!user || to.meta.isPublic) return
  if (!accounts.accounts) await accounts.load()
  if (accounts.account) return to.path === '/open-account' ? navigateTo('/', { replace: true }) : undefined
  if (user.company_name) {
    await accounts.open(user.company_name)
    if (to.path === '/open-account') return navigateTo('/', { replace: true })
    return
  }
  if (to.path !== '/open-account') return navigateTo('/open-account', { replace: true })
})
