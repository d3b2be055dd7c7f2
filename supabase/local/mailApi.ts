/**
 * The stand-in for Resend's HTTP API: what the product sends ends up in the local inbox. It asks for what the real one asks for,
 * and remembers keys, so that a repeated request is one mail here, too.
 */
import type { Mail } from './apiMail.ts'

export const MAIL_API_PATH = '/resend'

interface Sent { id: string, body: string }

/** Answers for everything below MAIL_API_PATH. */
export function createMailApi(apiKey: string, deliver: (mail: Mail) => Promise<void>): (request: Request) => Promise<Response> {
  const known = new Map<string, Sent>()
  return async (request) => {
    const { pathname } = new URL(request.url)
    if (pathname !== `${MAIL_API_PATH}/emails` || request.method !== 'POST') return refused(404, 'not_found', 'The requested endpoint does not exist.')
    if (request.headers.get('authorization') !== `Bearer ${apiKey}`) return refused(401, 'missing_api_key', 'API key is invalid')
    const key = request.headers.get('idempotency-key')
    if (key !== null && (key.length < 1 || key.length > 256)) return refused(400, 'invalid_idempotency_key', 'The key must be between 1-256 chars.')
    const body = await request.text()
    const earlier = key === null ? undefined : known.get(key)
    if (earlier) return earlier.body === body ? Response.json({ id: earlier.id }) : refused(409, 'invalid_idempotent_request', 'Same idempotency key used with a different request payload.')
    const mail = readMail(body)
    if (typeof mail === 'string') return refused(422, 'missing_required_field', mail)
    const id = crypto.randomUUID()
    if (key !== null) known.set(key, { id, body })
    await deliver(mail)
    return Response.json({ id })
  }
}

/** The mail, or what is missing. */
function readMail(text: string): Mail | string {
  const body = parsed(text)
  if (!body) return 'The body is not JSON.'
  for (const field of ['from', 'to', 'subject']) if (!body[field]) return `Missing \`${field}\` field.`
  const { to, subject, html, text: plain, headers } = body as { to: string | string[], subject: string, html?: string, text?: string, headers?: unknown }
  const isAddress = [to].flat().every((address) => /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(address))
  if (!isAddress) return 'Invalid `to` field. The email address needs to follow the `email@example.com` or `Name <email@example.com>` format.'
  if (headers !== undefined && !isHeaders(headers)) return 'Invalid `headers` field.'
  return html || plain ? { to, subject, html, text: plain, headers } : 'Missing `html` or `text` field.'
}

const isHeaders = (value: unknown): value is Record<string, string> =>
  typeof value === 'object' && value !== null && Object.values(value).every((one) => typeof one === 'string')

function parsed(text: string): Record<string, unknown> | null {
  try {
    return JSON.parse(text) as Record<string, unknown>
  } catch {
    return null
  }
}

function refused(statusCode: number, name: string, message: string): Response {
  return Response.json({ statusCode, name, message }, { status: statusCode })
}
