import type { AuthError, GoTrueClient } from '@supabase/auth-js'
import { AppError } from '../models/appError.ts'
import type { NewFactor, SecondFactor } from '../models/secondFactor.ts'
import { toAuthAppError } from './authErrors.ts'

export type SecondFactorRepository = ReturnType<typeof createSecondFactorRepository>

/** Who the codes are for, as authenticator apps show it. */
const issuer = 'Outdial'

/** The person's authenticator apps. Failures are AppErrors whose details.reason is the auth service's own code. */
export function createSecondFactorRepository(auth: GoTrueClient) {
  async function listAll() {
    const { data, error } = await auth.mfa.listFactors()
    if (error) throw toAuthAppError(error)
    return data.all
  }
  const isConnected = ({ status }: { status: string }) => status === 'verified'

  return {
    /** Connected apps, the oldest first. */
    async list(): Promise<SecondFactor[]> {
      const factors = (await listAll()).filter(isConnected).map(({ id, friendly_name, created_at }) => ({ id, name: friendly_name ?? '', connected_at: created_at }))
      return factors.sort((one, other) => one.connected_at.localeCompare(other.connected_at))
    },

    /** Begins to connect an app. What was begun before and never confirmed is given up: it would keep its name and its place. */
    async begin(name: string): Promise<NewFactor> {
      for (const { id } of (await listAll()).filter((factor) => !isConnected(factor))) await unenrol(auth, id)
      const { data, error } = await auth.mfa.enroll({ factorType: 'totp', friendlyName: name, issuer })
      if (error) throw toAuthAppError(error)
      return { id: data.id, qr_code: data.totp.qr_code, secret: data.totp.secret }
    },

    /** The app's first code connects it. The session is one with two factors from then on; other sessions of the person are over. */
    async confirm(factorId: string, code: string): Promise<void> {
      const { error } = await auth.mfa.challengeAndVerify({ factorId, code })
      if (error) throw toAuthAppError(error)
    },

    /** A code of any connected app makes the session one with two factors. */
    async show(code: string): Promise<void> {
      let refusal: AuthError | null = null
      for (const { id } of (await listAll()).filter(isConnected)) {
        const { error } = await auth.mfa.challengeAndVerify({ factorId: id, code })
        if (!error) return
        if (error.code !== 'mfa_verification_failed') throw toAuthAppError(error)
        refusal = error
      }
      throw refusal ? toAuthAppError(refusal) : new AppError('conflict', 'No authenticator app is connected.')
    },

    remove: (factorId: string) => unenrol(auth, factorId),
  }
}

async function unenrol(auth: GoTrueClient, factorId: string): Promise<void> {
  const { error } = await auth.mfa.unenroll({ factorId })
  if (error) throw toAuthAppError(error)
}
