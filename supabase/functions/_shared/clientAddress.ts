import type { Context } from 'hono'

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
  const proofs = await Promise.all(secrets.map((secret) => sign(`${address} ${userId}`, secret)))
  return proofs.length > 0 ? { 'x-client-address': address, 'x-client-proof': proofs.join(',') } : {}
}

async function sign(text: string, secret: string): Promise<string> {
  const encode = (words: string) => new TextEncoder().encode(words)
  const key = await crypto.subtle.importKey('raw', encode(secret), { name: 'HMAC', hash: 'SHA-256' }, false, ['sign'])
  const mac = new Uint8Array(await crypto.subtle.sign('HMAC', key, encode(text)))
  return Array.from(mac, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
