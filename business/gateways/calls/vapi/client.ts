import { VapiClient, VapiError } from '@vapi-ai/server-sdk'
import type { FailedAnswer } from './refusal.ts'

export interface VapiConfig {
  apiKey: string
  /** The simulator, a proxy, or VAPI itself. */
  baseUrl: string
  /** Where VAPI shall report what happens, and the secret by which we know it is VAPI. */
  webhook: { url: string, secret: string }
  timeoutSeconds?: number
}

const defaultTimeoutSeconds = 20

/**
 * The official SDK, told to send every request once: by itself it repeats a POST after 408, 429 and 5xx, and each
 * repetition is another phone call.
 */
export function createVapiClient({ apiKey, baseUrl, timeoutSeconds = defaultTimeoutSeconds }: VapiConfig): VapiClient {
  return new VapiClient({
    token: apiKey,
    baseUrl,
    maxRetries: 0,
    timeoutInSeconds: timeoutSeconds,
    fetch: carefulFetch,
  })
}

/**
 * Closes what the SDK leaves open: its timeout ends with the headers unless the body is read in here, a redirect would send
 * the request again, and an error whose body claims to be JSON and is not would lose its status.
 */
const carefulFetch: typeof fetch = async (input, init) => {
  const response = await fetch(input, { ...init, ...unrepeatable(init?.body), redirect: 'manual' })
  const text = await response.text()
  const body = isJson(text) ? text : JSON.stringify({ message: text })
  const hasNoBody = [101, 204, 205, 304].includes(response.status)
  return new Response(hasNoBody ? null : body, {
    status: response.status,
    headers: { 'content-type': 'application/json', ...retryHeader(response) },
  })
}

/**
 * The runtime itself sends a request again when a kept-alive connection breaks before the answer, and with a POST that is a
 * second phone call. A body that can be read only once cannot be sent twice.
 */
function unrepeatable(body: RequestInit['body']): RequestInit {
  return typeof body === 'string' ? { body: new Blob([body]).stream(), duplex: 'half' } as RequestInit : {}
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

function retryHeader(response: Response): Record<string, string> {
  const value = response.headers.get('retry-after')
  return value ? { 'retry-after': value } : {}
}

/** What the SDK threw, as a value. */
export function failureOf(error: unknown): FailedAnswer {
  if (error instanceof VapiError && error.statusCode !== undefined) {
    return { status: error.statusCode, body: error.body, headers: error.rawResponse?.headers as Headers | undefined, cause: '' }
  }
  return { status: undefined, body: undefined, headers: undefined, cause: reasonOf(error) }
}

function reasonOf(error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined
  const isTimeout = [error, cause].some((e) => /time(d )?out/i.test(e instanceof Error ? `${e.name} ${e.message}` : String(e)))
  if (isTimeout) return 'timeout'
  return `no answer: ${cause instanceof Error ? cause.message : error instanceof Error ? error.message : String(error)}`
}
