/** The tokens that the local services sign for each other: three parts, HMAC with the instance's own secret. */
import { createHmac, timingSafeEqual } from 'node:crypto'

export interface Claims { exp: number, sub?: string, role?: string, [claim: string]: unknown }

/** The claims of a token that we signed and that has not ended; null for anything else. */
export function verifyToken(token: unknown, secret: string, nowSeconds: number): Claims | null {
  if (typeof token !== 'string') return null
  const [header, body, signature] = token.split('.')
  if (!header || !body || !signature) return null
  const expected = createHmac('sha256', secret).update(`${header}.${body}`).digest()
  const given = Buffer.from(signature, 'base64url')
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return null
  const claims = JSON.parse(Buffer.from(body, 'base64url').toString('utf8')) as Claims
  return typeof claims.exp === 'number' && claims.exp > nowSeconds ? claims : null
}
