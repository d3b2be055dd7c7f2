/** Faults in the answers of the API. */
import { refusal } from '../refusal.ts'
import type { Fault } from './fault.ts'

export const OVER_CONCURRENCY = 'call.start.error-subscription-concurrency-limit-reached'

export const answers: Fault[] = [
  { name: 'drop_after_accept', description: 'Accepts the call, then drops the connection without an answer.', answer: () => null },
  { name: 'error_after_accept', description: 'Accepts the call, then answers 500.', answer: () => refusal(500, 'Internal server error') },
  { name: 'error_before_accept', description: 'Answers 500 and places nothing.', refuse: () => refusal(500, 'Internal server error') },
  { name: 'html_502', description: 'Answers 502 with a page of HTML and places nothing.', refuse: () => new Response('<html><h1>502 Bad Gateway</h1></html>', { status: 502, headers: { 'content-type': 'text/html' } }) },
  { name: 'unauthorized_401', description: 'Refuses the key.', guard: () => refusal(401, 'Invalid Key. Hot tip, you may be using the public key instead of the private key, or vice versa.') },
  { name: 'rate_429', description: 'Refuses with 429 and asks to come again after two seconds.', refuse: () => refusal(429, 'ThrottlerException: Too Many Requests', { 'retry-after': '2' }) },
  { name: 'concurrency_400', description: 'Refuses for concurrency with 400.', refuse: () => Response.json({ error: 'Over Concurrency Limit' }, { status: 400 }) },
  {
    name: 'concurrency_201', description: 'Accepts with subscriptionLimits.concurrencyBlocked and never dials.', script: () => ({ endedReason: OVER_CONCURRENCY, ringSeconds: 0, neverRang: true }),
    answer: (accepted) => Response.json({ ...accepted, subscriptionLimits: { ...accepted.subscriptionLimits as object, concurrencyBlocked: true, remainingConcurrentCalls: 0 } }, { status: 201 }),
  },
  { name: 'hidden_for_3s', description: 'The new call is absent from GET /call and GET /call/:id for three seconds.', isHidden: true },
  { name: 'webhook_before_response', description: 'Posts the first server messages before it answers POST /call.', isEarly: true },
]
