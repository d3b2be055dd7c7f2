import { useDeps } from '~/composables/useDeps'
import { useSessionStore } from '~/stores/sessionStore'

declare module '#app' {
  interface PageMeta {
    /** Open to whoever comes; 'guests' sends people who are signed in to the dashboard. */
    isPublic?: boolean | 'guests'
  }
}

/** Where a link from a mail belongs, whatever page the auth service sent it to (some only know the front page). */
function placeOfLink(hash: string, path: string): string | null {
  const answer = new URLSearchParams(hash.slice(1))
  if (path === '/auth/email-change') return null
  if (answer.has('error_code')) return '/auth/callback'
  return answer.get('type') === 'recovery' ? '/reset-password' : null
}

/** Pages ask for a session unless they say otherwise; after signing in the person lands where they wanted to go. */
export default defineNuxtRouteMiddleware(async (to) => {
  const { config } = useDeps()
  const session = useSessionStore()
  await session.restore()
  const place = placeOfLink(to.hash, to.path)
  if (place && place !== to.path) return navigateTo(place, { replace: true })
  // Tokens do not stay in the address.
  if (to.hash.includes('access_token=')) return navigateTo({ path: to.path, query: to.query }, { replace: true })
  if (session.user && to.meta.isPublic === 'guests') return navigateTo('/', { replace: true })
  if (session.user || to.meta.isPublic) return
  if (to.fullPath !== '/') return navigateTo({ path: '/sign-in', query: { next: to.fullPath } }, { replace: true })
  return navigateTo(config.demoUrl ? '/welcome' : '/sign-in', { replace: true })
})
