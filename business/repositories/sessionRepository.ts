import type { AuthError, GoTrueClient, User } from '@supabase/auth-js'
import { companyTypes } from '../models/account.ts'
import { AppError } from '../models/appError.ts'
import type { SessionUser, SignUp } from '../models/session.ts'

export type SessionRepository = ReturnType<typeof createSessionRepository>

/** Refusals of a sign-up that only an address with an account, or one that was written to just now, can get. */
const tellsOfCustomers = new Set(['user_already_exists', 'email_exists', 'over_email_send_rate_limit'])

/** Sign-in and everything around it. Failures are AppErrors whose details.reason is the auth service's own code. */
export function createSessionRepository(auth: GoTrueClient) {
  return {
    /**
     * Who is signed in: by the link of a mail, whose session stands behind the # of the address, or since before. A link that is no
     * good any more signs nobody in.
     */
    async find(hash: string): Promise<SessionUser | null> {
      const link = new URLSearchParams(hash.slice(1))
      const [access_token, refresh_token] = [link.get('access_token'), link.get('refresh_token')]
      if (access_token && refresh_token) {
        const { data, error } = await auth.setSession({ access_token, refresh_token })
        if (!error && data.user) return toSessionUser(data.user)
      }
      const { data } = await auth.getSession()
      return data.session ? toSessionUser(data.session.user) : null
    },

    /** Tells of sign-in and sign-out, in whichever tab they happen. */
    onChange(listener: (user: SessionUser | null) => void): () => void {
      const { data } = auth.onAuthStateChange((_event, session) => listener(session ? toSessionUser(session.user) : null))
      return () => data.subscription.unsubscribe()
    },

    /**
     * Answers null until the address is confirmed, and the same for an address that has an account already (nothing
     * happens to that one), so that nobody can find out who is a customer.
     */
    async signUp({ name, company_name, company_type, email, password }: SignUp, redirectTo: string): Promise<SessionUser | null> {
      const { data, error } = await auth.signUp({
        email,
        password,
        options: { emailRedirectTo: redirectTo, data: { name, company_name, company_type } },
      })
      if (error && !tellsOfCustomers.has(error.code ?? '')) throw toAppError(error)
      return data.session ? toSessionUser(data.session.user) : null
    },

    async resendConfirmation(email: string, redirectTo: string): Promise<void> {
      const { error } = await auth.resend({ type: 'signup', email, options: { emailRedirectTo: redirectTo } })
      if (error) throw toAppError(error)
    },

    async signIn(email: string, password: string): Promise<SessionUser> {
      const { data, error } = await auth.signInWithPassword({ email, password })
      if (error) throw toAppError(error)
      return toSessionUser(data.user)
    },

    /** This browser only; when the server cannot be reached the session is forgotten all the same. */
    async signOut(): Promise<void> {
      await auth.signOut({ scope: 'local' })
    },

    async requestPasswordReset(email: string, redirectTo: string): Promise<void> {
      const { error } = await auth.resetPasswordForEmail(email, { redirectTo })
      if (error) throw toAppError(error)
    },

    async changePassword(password: string): Promise<void> {
      const { error } = await auth.updateUser({ password })
      if (error) throw toAppError(error)
    },
  }
}

function toSessionUser(user: User): SessionUser {
  const { name, company_name, company_type } = user.user_metadata
  return {
    user_id: user.id,
    email: user.email ?? '',
    name: typeof name === 'string' ? name : '',
    company_name: typeof company_name === 'string' && company_name.trim() ? company_name.trim() : null,
    company_type: companyTypes.find((type) => type === company_type) ?? 'generic',
  }
}

function toAppError(error: AuthError): AppError {
  return new AppError(codeOf(error), error.message, { reason: error.code ?? error.name })
}

function codeOf({ status, name }: AuthError) {
  if (name === 'AuthRetryableFetchError' || !status) return 'unavailable' as const
  if (status === 429) return 'rate_limited' as const
  if (status === 401 || status === 403) return 'unauthenticated' as const
  return status < 500 ? ('invalid_input' as const) : ('unavailable' as const)
}
