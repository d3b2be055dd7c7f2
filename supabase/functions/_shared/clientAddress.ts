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
