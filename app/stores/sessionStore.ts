import { defineStore } from 'pinia'
import { ref } from 'vue'
import { useDeps } from '~/composables/useDeps'
import { forgetActivity } from '~/utils/lastActivity'
import type { SessionUser, SignInProvider, SignUp } from '~~/business/models/session.ts'

/** Who is signed in. Everything else about a person's rights hangs on the current account (accountStore). */
export const useSessionStore = defineStore('session', () => {
  const { session } = useDeps()
  const user = ref<SessionUser | null>(null)
  let restored: Promise<void> | undefined

  /** Reads the stored session, or the one a link in a mail brought along; later changes in any tab follow by themselves. */
  function restore(): Promise<void> {
    if (window.location.hash.includes('access_token=')) forgetActivity()
    restored ??= session.find(window.location.hash).then((found) => {
      user.value = found
      session.onChange(follow)
    })
    return restored
  }

  function follow(changed: SessionUser | null) {
    user.value = changed
    if (!changed) forgetActivity()
  }

  async function signUp(person: SignUp) {
    user.value = await session.signUp(person, linkTo('/auth/callback'))
  }

  async function signIn(email: string, password: string) {
    user.value = await session.signIn(email, password)
    forgetActivity()
  }

  async function signOut() {
    await session.signOut()
    user.value = null
  }

  return {
    user,
    restore,
    signUp,
    signIn,
    signOut,
    signOutEverywhere: () => session.signOutEverywhere(),
    signInWith: (provider: SignInProvider, next: string) => session.signInWith(provider, linkTo(next)),
    requestSignInLink: (email: string) => session.requestSignInLink(email, linkTo('/auth/callback')),
    knowsPassword: () => session.knowsPassword(),
    changePassword: (password: string, present?: string) => session.changePassword(password, present),
    changeEmail: (email: string) => session.changeEmail(email, linkTo('/auth/email-change')),
    resendConfirmation: (email: string) => session.resendConfirmation(email, linkTo('/auth/callback')),
    requestPasswordReset: (email: string) => session.requestPasswordReset(email, linkTo('/reset-password')),
  }
})

const linkTo = (path: string) => new URL(path, window.location.origin).href
