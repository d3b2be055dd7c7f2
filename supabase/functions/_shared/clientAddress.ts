import type { Context } from 'hono'
import { hmac } from './hmac.ts'

/**
 * Where a request came from, as the gateway in front of the functions says it; private.request_ip judges alike. Hosted, Cloudflare
 * writes cf-connecting-ip over whatever a client sent; elsewhere the gateway next to us wrote the last part of x-forwarded-for, and
 * what stands before it is anybody's claim. Without a gateway everybody counts as one.
 */
export function clientAddress(c: Context): string {
  const given = (c.req.header('cf-connecting-ip') ?? c.req.header('x-forwarded-for')?.split(',').at(-1) ?? '').trim()
  return /^[\da-f.:]{2,45}$/i.test(given) ? given : 'unknown'
}

/**
 * Headers by which the database knows where the person is in whose name a function asks: it would see the function's own address
 * otherwise, and an account that opens from its own networks alone would be closed to it. Signed for this person with what
 * the heartbeat shows to functions; several while one secret replaces the other.
 */
export async function vouchFor(address: string, userId: string, secrets: readonly string[]): Promise<Record<string, string>> {
  const proofs = await Promise.all(secrets.map((secret) => hmac(`${address} ${userId}`, secret)))
  return proofs.length > 0 ? { 'x-client-address': address, 'x-client-proof': proofs.join(',') } : {}
}
