/** The tokens that the local services sign for each other: three parts, HMAC with the instance's own secret. */
import { createHmac, timingSafeEqual } from 'node:crypto'

export interface Claims { exp: number, sub?: string, role?: string, [claim: string]: unknown }
export type Verdict = { claims: Claims } | { flaw: 'malformed' | 'forged' | 'expired' }

export function signToken(claims: Claims, secret: string): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const signed = `${part({ alg: 'HS256', typ: 'JWT' })}.${part(claims)}`
  return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`
}

export function judgeToken(token: unknown, secret: string, nowSeconds: number): Verdict {
  const [header, body, signature] = typeof token === 'string' ? token.split('.') : []
  if (!header || !body || !signature) return { flaw: 'malformed' }
  const expected = createHmac('sha256', secret).update(`${header}.${body}`).digest()
  const given = Buffer.from(signature, 'base64url')
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return { flaw: 'forged' }
  const claims = JSON.parse(Buffer.from(body, 'base64url').toString('utf8')) as Claims
  return typeof claims.exp === 'number' && claims.exp > nowSeconds ? { claims } : { flaw: 'expired' }
}
