/** Faults in the answers of the API. */
import { refusal } from '../refusal.ts'
import { neverDialled } from '../scripts/failures.ts'
import type { Fault } from './fault.ts'

export const OVER_CONCURRENCY = 'call.start.error-subscription-concurrency-limit-reached'

export const answers: Fault[] = [
  { name: 'drop_after_accept', description: 'Accepts the call, then drops the connection without an answer.', answer: () => null },
  { name: 'error_after_accept', description: 'Accepts the call, then answers 500.', answer: () => refusal(500, 'Internal server error') },
  { name: 'empty_201', description: 'Accepts the call, then answers 201 without a body.', answer: () => new Response(null, { status: 201 }) },
  {
    name: 'garbled_201', description: 'Accepts the call, then answers 201 with half of the JSON.',
    answer: (accepted) => new Response(JSON.stringify(accepted).slice(0, 40), { status: 201, headers: { 'content-type': 'application/json' } }),
  },
  { name: 'error_before_accept', description: 'Answers 500 and places nothing.', refuse: () => refusal(500, 'Internal server error') },
  {
    name: 'html_502', description: 'Answers 502 with a page of HTML and places nothing.',
    refuse: () => new Response('<html><h1>502 Bad Gateway</h1></html>', { status: 502, headers: { 'content-type': 'text/html' } }),
  },
  { name: 'unauthorized_401', description: 'Refuses the key.', guard: () => refusal(401, 'Invalid Key. Hot tip, you may be using the public key instead of the private key, or vice versa.') },
  { name: 'rate_429', description: 'Refuses with 429 and asks to come again after two seconds.', refuse: () => refusal(429, 'ThrottlerException: Too Many Requests', { 'retry-after': '2' }) },
  {
    name: 'rate_429_date', description: 'Refuses with 429 and names the moment, two seconds on, as an HTTP date.',
    refuse: () => refusal(429, 'ThrottlerException: Too Many Requests', { 'retry-after': new Date(Date.now() + 2000).toUTCString() }),
  },
  { name: 'rate_429_bare', description: 'Refuses with 429 and does not say for how long.', refuse: () => refusal(429, 'ThrottlerException: Too Many Requests') },
  { name: 'concurrency_400', description: 'Refuses for concurrency with 400.', refuse: () => Response.json({ error: 'Over Concurrency Limit' }, { status: 400 }) },
  {
    name: 'concurrency_201', description: 'Accepts with subscriptionLimits.concurrencyBlocked and never dials.', script: (script) => neverDialled(script, OVER_CONCURRENCY),
    answer: ({ subscriptionLimits, ...accepted }) => Response.json(
      { ...accepted, subscriptionLimits: { ...subscriptionLimits as object, concurrencyBlocked: true, remainingConcurrentCalls: 0 } }, { status: 201 }),
  },
  { name: 'plain_400', description: 'Refuses with 400 and one sentence instead of a list.', refuse: () => refusal(400, 'Bad request. Something is missing.') },
  { name: 'wordless_400', description: 'Refuses with 400 and no message at all.', refuse: () => new Response(null, { status: 400 }) },
  { name: 'hidden_for_3s', description: 'The new call is absent from GET /call and GET /call/:id for three seconds.', isHidden: true },
  { name: 'webhook_before_response', description: 'Posts the first server messages before it answers POST /call.', isEarly: true },
]
