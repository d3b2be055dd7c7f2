import { isPublicAddress } from './publicAddress.ts'

/** The addresses behind a name; fails where nobody knows the name. */
export type ResolveName = (hostname: string) => Promise<string[]>

export interface ForeignOptions {
  /** The provider's own address, from this installation's settings: its host is trusted as it is, a simulator on this machine too. */
  baseUrl: string
  resolveName?: ResolveName
}

/** An address that this server does not visit. */
class ForbiddenAddress extends Error {
  override readonly name = 'ForbiddenAddress'
}

const mostRedirects = 3

/**
 * Fetches an address that somebody else named, such as a recording's: over https, from the usual port of a host out there and
 * nowhere else, redirects included. No way leads from it to what only this server can reach: its own machine, its network, the
 * metadata of its cloud. Names are looked up first where the runtime can; the time and the size of the answer are limited by
 * whoever reads it. Rejects with ForbiddenAddress.
 */
export async function fetchForeign(address: string, init: RequestInit, options: ForeignOptions): Promise<Response> {
  let url = new URL(address)
  for (let redirects = 0; redirects <= mostRedirects; redirects++) {
    await requireAllowed(url, options)
    const answer = await fetch(url, { ...init, redirect: 'manual' })
    const location = answer.headers.get('location')
    const isFollowed = (init.method ?? 'GET') === 'GET' && [301, 302, 303, 307, 308].includes(answer.status) && location !== null
    if (!isFollowed) return answer
    await answer.body?.cancel()
    url = new URL(location, url)
  }
  throw new ForbiddenAddress('It was redirected too often.')
}

async function requireAllowed(url: URL, { baseUrl, resolveName }: ForeignOptions): Promise<void> {
  const base = new URL(baseUrl)
  if (url.username || url.password) throw new ForbiddenAddress('It carries a name or password.')
  if (url.hostname === base.hostname && [base.protocol, 'https:'].includes(url.protocol)) return
  if (url.protocol !== 'https:' || url.port !== '') throw new ForbiddenAddress('It is not https on its usual port.')
  const host = url.hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '')
  const isLiteral = /^[\d.]+$/.test(host) || host.includes(':')
  const addresses = isLiteral ? [host] : await addressesOf(host, resolveName ?? runtimeResolver())
  if (!addresses.every(isPublicAddress)) throw new ForbiddenAddress('It does not lead to a public address.')
}

/** None where nothing can be looked up: the fetch itself will fail for a name that nobody knows. */
async function addressesOf(host: string, resolveName: ResolveName | null): Promise<string[]> {
  if (!host.includes('.') || /\.(local|localhost|internal|home\.arpa)$/.test(host)) throw new ForbiddenAddress('Its name is one of a private network.')
  return resolveName ? await resolveName(host).catch(() => []) : []
}

interface Resolving { resolveDns: (name: string, kind: 'A' | 'AAAA') => Promise<string[]> }

function runtimeResolver(): ResolveName | null {
  const { Deno } = globalThis as { Deno?: Partial<Resolving> }
  const resolveDns = Deno?.resolveDns
  if (!resolveDns) return null
  return async (host) => (await Promise.all((['A', 'AAAA'] as const).map((kind) => resolveDns(host, kind).catch(() => [])))).flat()
}
