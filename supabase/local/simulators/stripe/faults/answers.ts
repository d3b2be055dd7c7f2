/** Faults in the answers of the API. */
import { broken, Refusal } from '../wire/refusal.ts'
import type { Fault } from './fault.ts'

const refused = (status: number, message: string, code?: string) => Response.json(
  { error: { type: 'invalid_request_error', message, ...(code !== undefined && { code, doc_url: `https://stripe.com/docs/error-codes/${code.replaceAll('_', '-')}` }) } }, { status })

export const answers: Fault[] = [
  { name: 'drop_before_accept', description: 'Drops the connection of the next request and does nothing.', guard: () => null },
  { name: 'drop_after_accept', description: 'Carries out the next request for money, then drops the connection without an answer.', answer: () => null },
  { name: 'error_before_accept', description: 'Answers the next request for money with 500 and does nothing; its key gets the 500 again.', refuse: broken },
  { name: 'error_after_accept', description: 'Carries out the next request for money, then answers 500; its key gets the 500 again.', answer: broken },
  {
    name: 'html_502', description: 'Answers the next request with 502 and a page of HTML.',
    guard: () => new Response('<html><h1>502 Bad Gateway</h1></html>', { status: 502, headers: { 'content-type': 'text/html' } }),
  },
  { name: 'unavailable_503', description: 'Answers the next request with 503 and no body.', guard: () => new Response(null, { status: 503 }) },
  { name: 'rate_429', description: 'Refuses the next request with 429.', guard: () => refused(429, 'Request rate limit exceeded. Learn more about rate limits here https://stripe.com/docs/rate-limits.', 'rate_limit') },
  { name: 'unauthorized_401', description: 'Refuses the key.', guard: () => refused(401, 'Invalid API Key provided: sk_test_****') },
  { name: 'forbidden_403', description: 'Refuses for want of permission.', guard: () => refused(403, 'The provided key does not have access to this account (or that account does not exist). Application access may have been revoked.', 'account_invalid') },
  {
    name: 'key_in_use', description: 'Answers the next request for money with 409, as if another with its key were being carried out.',
    refuse: () => new Refusal({ status: 409, type: 'idempotency_error', code: 'idempotency_key_in_use', message: 'There is currently another in-progress request using this Stripe-provided idempotency key. Please try again later.' }),
  },
  { name: 'slow', description: 'Takes five seconds over the next request for money; its key is in use meanwhile.', holdsSeconds: 5 },
]
