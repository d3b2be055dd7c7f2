import { useSessionStore } from '~/stores/sessionStore'

/** A full load: nothing of the person may stay in memory. */
export function useSignOut() {
  const session = useSessionStore()
  return async () => {
    await session.signOut()
    window.location.assign('/sign-in')
  }
}

/** On every device, this one included. */
export function useSignOutEverywhere() {
  const session = useSessionStore()
  return async () => {
    await session.signOutEverywhere()
    window.location.assign('/sign-in')
  }
}
