import Stripe from 'stripe'
import { asObject, pick } from '../../json.ts'

export interface StripeConfig {
  apiKey: string
  /** The simulator, a proxy, or Stripe itself. */
  baseUrl: string
  /** Whether this installation takes real money. */
  isLive: boolean
  timeoutMs?: number
}

const defaultTimeoutMs = 15_000

/**
 * The official SDK. It repeats what got no answer or a server error, which is right here and only here: each of our requests
 * carries a key of its own, by which Stripe does it once.
 */
export function createStripeClient({ apiKey, baseUrl, isLive, timeoutMs = defaultTimeoutMs }: StripeConfig): Stripe {
  if (contradicts(apiKey, isLive)) throw new Error('STRIPE_LIVE and STRIPE_SECRET_KEY disagree about whether money is real.')
  const { protocol, hostname, port } = new URL(baseUrl)
  const isPlain = protocol === 'http:'
  return new Stripe(apiKey, {
    protocol: isPlain ? 'http' : 'https',
    host: hostname,
    port: port || (isPlain ? 80 : 443),
    timeout: timeoutMs,
    maxNetworkRetries: 2,
    telemetry: false,
    httpClient: Stripe.createFetchHttpClient(carefulFetch),
  })
}

/**
 * The SDK takes every answer for a success that holds no "error", whatever its status: a proxy's 503 would be a charge that
 * succeeded. And a redirect would send the request, key and all, to somebody else.
 */
const carefulFetch: typeof fetch = async (input, init) => {
  const response = await fetch(input, { ...init, redirect: 'manual' })
  if (response.ok) return response
  const body: unknown = await response.json().catch(() => null)
  const error = asObject(pick(body, 'error')) ?? { type: 'api_error', message: `HTTP ${response.status}` }
  return new Response(JSON.stringify({ error }), { status: response.status, headers: response.headers })
}

/** Money would be taken and its events refused, or the other way round. Keys of other forms are taken at their word. */
function contradicts(apiKey: string, isLive: boolean): boolean {
  const mode = /^[sr]k_(live|test)_/.exec(apiKey)?.[1]
  return mode !== undefined && (mode === 'live') !== isLive
}
