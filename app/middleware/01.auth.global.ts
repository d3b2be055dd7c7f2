import { useSessionStore } from '~/stores/sessionStore'

declare module '#app' {
  interface PageMeta {
    /** Open to whoever comes; 'guests' sends people who are signed in to the dashboard. */
    isPublic?: boolean | 'guests'
  }
}

/** Pages ask for a session unless they say otherwise; after signing in the person lands where they wanted to go. */
export default defineNuxtRouteMiddleware(async (to) => {
  const session = useSessionStore()
  await session.restore()
  if (session.user && to.meta.isPublic === 'guests') return navigateTo('/', { replace: true })
  if (session.user || to.meta.isPublic) return
  return navigateTo({ path: '/sign-in', query: to.fullPath === '/' ? {} : { next: to.fullPath } }, { replace: true })
})
