import type { AuthError, GoTrueClient, User } from '@supabase/auth-js'
import { companyTypes } from '../models/account.ts'
import type { SessionUser, SignInProvider, SignUp } from '../models/session.ts'
import { toAuthAppError } from './authErrors.ts'

export type SessionRepository = ReturnType<typeof createSessionRepository>

/** Refusals that only an address with an account, or one that was written to just now, can get. */
const tellsOfCustomers = new Set(['user_already_exists', 'email_exists', 'over_email_send_rate_limit'])

/** Ways to begin a session that prove a mailbox instead of a password. */
const byMail = new Set(['otp', 'magiclink', 'recovery'])

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
      refuse(error)
      return data.session ? toSessionUser(data.session.user) : null
    },

    async resendConfirmation(email: string, redirectTo: string): Promise<void> {
      const { error } = await auth.resend({ type: 'signup', email, options: { emailRedirectTo: redirectTo } })
      refuse(error)
    },

    async signIn(email: string, password: string): Promise<SessionUser> {
      const { data, error } = await auth.signInWithPassword({ email, password })
      if (error) throw toAuthAppError(error)
      return toSessionUser(data.user)
    },

    /** A link that signs in whoever reads the mails of the address; a new address becomes a person by it, so that every answer is the same. */
    async requestSignInLink(email: string, redirectTo: string): Promise<void> {
      const { error } = await auth.signInWithOtp({ email, options: { emailRedirectTo: redirectTo, shouldCreateUser: true } })
      refuse(error)
    },

    /** Leaves the page for the other service, which sends the person back to redirectTo. */
    async signInWith(provider: SignInProvider, redirectTo: string): Promise<void> {
      const { error } = await auth.signInWithOAuth({ provider, options: { redirectTo } })
      if (error) throw toAuthAppError(error)
    },

    /** This browser only; when the server cannot be reached the session is forgotten all the same. */
    async signOut(): Promise<void> {
      await auth.signOut({ scope: 'local' })
    },

    /** Every session of the person. Fails when the server was not reached: then they are all still open. */
    async signOutEverywhere(): Promise<void> {
      const { error } = await auth.signOut({ scope: 'global' })
      if (error) throw toAuthAppError(error)
    },

    async requestPasswordReset(email: string, redirectTo: string): Promise<void> {
      const { error } = await auth.resetPasswordForEmail(email, { redirectTo })
      refuse(error)
    },

    /** Does a change of the password ask for the present one? Not of whoever came by the link of a mail: they may not know it. */
    async knowsPassword(): Promise<boolean> {
      const { data } = await auth.mfa.getAuthenticatorAssuranceLevel()
      return !(data?.currentAuthenticationMethods ?? []).some((entry) => byMail.has(typeof entry === 'string' ? entry : entry.method))
    },

    /** Signs the person out everywhere else. present: the password until now, where it is known. */
    async changePassword(password: string, present?: string): Promise<void> {
      const { error } = await auth.updateUser({ password, ...(present && { current_password: present }) })
      if (error) throw toAuthAppError(error)
    },

    /** A mail goes to the old and to the new address; the change happens when the links of both were opened. An address that has an account gets none. */
    async changeEmail(email: string, redirectTo: string): Promise<void> {
      const { error } = await auth.updateUser({ email }, { emailRedirectTo: redirectTo })
      refuse(error)
    },
  }
}

/** Answers as if all were well where a refusal would tell who is a customer. */
function refuse(error: AuthError | null): void {
  if (error && !tellsOfCustomers.has(error.code ?? '')) throw toAuthAppError(error)
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
