import { defineStore } from 'pinia'
import { ref } from 'vue'
import { useDeps } from '~/composables/useDeps'
import type { SessionUser, SignUp } from '~~/business/repositories/sessionRepository.ts'

/** Who is signed in. Everything else about a person's rights hangs on the current account (accountStore). */
export const useSessionStore = defineStore('session', () => {
  const { session } = useDeps()
  const user = ref<SessionUser | null>(null)
  const isRecovering = ref(false)
  let restored: Promise<void> | undefined

  /** Reads the stored session, or the one a link in a mail brought along; later changes in any tab follow by themselves. */
  function restore(): Promise<void> {
    restored ??= listenAndFind()
    return restored
  }

  /** Listens first: the news that a recovery link was opened comes once, right after the session was found. */
  async function listenAndFind() {
    session.onChange((changed, isRecovery) => {
      user.value = changed
      isRecovering.value ||= isRecovery
    })
    user.value = await session.find()
  }

  async function signIn(email: string, password: string) {
    user.value = await session.signIn(email, password)
  }

  async function signOut() {
    await session.signOut()
    user.value = null
  }

  async function changePassword(password: string) {
    await session.changePassword(password)
    isRecovering.value = false
  }

  return {
    user,
    isRecovering,
    restore,
    signIn,
    signOut,
    changePassword,
    signUp: (person: SignUp) => session.signUp(person, linkTo('/auth/callback')),
    resendConfirmation: (email: string) => session.resendConfirmation(email, linkTo('/auth/callback')),
    requestPasswordReset: (email: string) => session.requestPasswordReset(email, linkTo('/reset-password')),
  }
})

const linkTo = (path: string) => new URL(path, window.location.origin).href
