/** `Stripe-Signature`: the time of sending, and the MAC of time and raw body with each secret that is valid. The secret is used as it is written. */
import { createHmac } from 'node:crypto'

/** How a delivery is signed when it goes wrong. */
export type Signing = 'well' | 'stale' | 'early' | 'wrong' | 'none' | 'many'

const OFF_SECONDS = 600
const SKEW: Partial<Record<Signing, number>> = { stale: -OFF_SECONDS, early: OFF_SECONDS }
const STRANGER = 'whsec_of_somebody_else'

/** Signed in real time, whatever the clock of the stack says: whoever checks has no other. */
export function signatureHeaders(body: string, secrets: string[], signing: Signing = 'well'): Record<string, string> {
  if (signing === 'none') return {}
  const at = Math.floor(Date.now() / 1000) + (SKEW[signing] ?? 0)
  const mac = (secret: string) => createHmac('sha256', secret).update(`${at}.${body}`).digest('hex')
  const used = { wrong: [STRANGER], many: [STRANGER, ...secrets] }[signing as string] ?? secrets
  const parts = [`t=${at}`, ...used.map((secret) => `v1=${mac(secret)}`), ...(signing === 'many' ? [`v0=${mac(STRANGER)}`] : [])]
  return { 'stripe-signature': parts.join(',') }
}
