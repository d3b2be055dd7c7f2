import type { RouteLocationNormalized, RouteLocationRaw } from 'vue-router'
import { useAccountStore } from '~/stores/accountStore'
import { useSessionStore } from '~/stores/sessionStore'
import { ownPlace } from '~/utils/ownPlace'
import type { Account, CompanyType } from '~~/business/models/account.ts'
import { AppError } from '~~/business/models/appError.ts'

/**
 * Pages behind the sign-in work in an account. The first confirmed session has none yet: it is opened here under the
 * company name of the sign-up, on whichever device the link was opened; without a name the person is asked for one.
 */
export default defineNuxtRouteMiddleware(async (to) => {
  const session = useSessionStore()
  const { user } = session
  const accounts = useAccountStore()
  if (!user || to.meta.isPublic) return
  if (!accounts.accounts && !await isHeard(accounts.load())) {
    await session.signOut()
    return navigateTo({ path: '/sign-in', query: to.fullPath === '/' ? {} : { next: to.fullPath } }, { replace: true })
  }
  const place = placeBefore(accounts.account, to)
  if (place) return navigateTo(place, { replace: true })
  if (accounts.account) return to.path === '/open-account' ? navigateTo('/', { replace: true }) : undefined
  if (user.company_name && await opens(user.company_name, user.company_type)) return to.path === '/open-account' ? navigateTo('/', { replace: true }) : undefined
  if (to.path !== '/open-account') return navigateTo('/open-account', { replace: true })
})

/** False: the session was ended on another device, and what this browser kept of it is worth nothing. */
async function isHeard(question: Promise<void>): Promise<boolean> {
  try {
    await question
    return true
  } catch (error) {
    if (error instanceof AppError && error.code === 'unauthenticated') return false
    throw error
  }
}

/** Whoever has a second factor to show, or to set up, comes to the account by way of the page that asks for it; nobody else stays there. */
function placeBefore(account: Account | null, to: RouteLocationNormalized): RouteLocationRaw | null {
  const isThere = to.path === '/second-factor'
  if (!account?.second_factor) return isThere ? elsewhere(ownPlace(to.query.next)) : null
  return isThere ? null : { path: '/second-factor', query: to.fullPath === '/' ? {} : { next: to.fullPath } }
}

/** Made by hand, an address could lead from the page to itself. */
const elsewhere = (place: string) => (place.startsWith('/second-factor') ? '/' : place)

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
