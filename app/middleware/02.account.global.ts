import { useAccountStore } from '~/stores/accountStore'
import { useSessionStore } from '~/stores/sessionStore'
import type { CompanyType } from '~~/business/models/account.ts'
import { AppError } from '~~/business/models/appError.ts'

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
  if (user.company_name && await opens(user.company_name, user.company_type)) return to.path === '/open-account' ? navigateTo('/', { replace: true }) : undefined
  if (to.path !== '/open-account') return navigateTo('/open-account', { replace: true })
})

/** False: they opened it once and left it since, so that it takes another name or an invitation. */
async function opens(companyName: string, companyType: CompanyType): Promise<boolean> {
  try {
    await useAccountStore().open(companyName, companyType)
    return true
  } catch (error) {
    if (error instanceof AppError && error.code === 'conflict') return false
    throw error
  }
}
