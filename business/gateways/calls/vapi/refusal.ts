import type { DialResult, RefusalClass } from '../../../models/dial.ts'
import { asList, asObject, asText } from '../../json.ts'

/** An answer of VAPI that is no call. status is missing when there was no answer at all. */
export interface FailedAnswer {
  status: number | undefined
  body: unknown
  headers: Headers | undefined
  cause: string
}

const longestMessage = 300

/**
 * What a failed answer means for the dial. Only a clear refusal is a refusal: without an answer, with a server error, a
 * redirect or a request timeout the phone may be ringing all the same.
 */
export function resultOfFailure(answer: FailedAnswer, secrets: readonly string[]): DialResult {
  const { status } = answer
  if (status === undefined) return { kind: 'unknown', cause: shortText(answer.cause, secrets) }
  if (status < 400 || status === 408 || status >= 500) return { kind: 'unknown', cause: `HTTP ${status}` }
  const words = messageOf(answer.body)
  const message = shortText(words, secrets) || `HTTP ${status}`
  const retry_after_ms = retryAfter(answer.headers?.get('retry-after'))
  return { kind: 'refused', class: classOf(status, words), message, ...(retry_after_ms !== null && { retry_after_ms }) }
}

/** Money and limits are recognised by their words first, because VAPI sends several of them as 400. */
function classOf(status: number, words: string): RefusalClass {
  if (/daily[\w\s-]*limit|outbound-daily/i.test(words)) return 'daily_limit'
  if (status === 429 || /concurren/i.test(words)) return 'capacity'
  if (status === 402 || /insufficient|credits?\b|wallet|billing|payment|frozen/i.test(words)) return 'billing'
  if (status === 401 || status === 403) return 'auth'
  return status === 400 && namesTheNumber(words) ? 'number' : 'assistant'
}

/** phoneNumberId and phoneNumber are the line we call from: a fault of ours, not of the contact's number. */
function namesTheNumber(words: string): boolean {
  return /\bcustomers?(\[?\.?\d+\]?)?\.number\b|valid (destination |customer )?phone number|number[\w\s]* not in service/i.test(words)
}

/** message is a string, a list of them, or missing; old answers have error alone; proxies answer in HTML. */
function messageOf(body: unknown): string {
  const error = asObject(body)
  const message = error ? (error.message ?? error.error) : body
  return (asList(message) ?? [message]).flatMap((part) => asText(part) ?? []).join('; ')
}

/** Short, one line, without markup and without anything secret that an answer may repeat. */
function shortText(text: string, secrets: readonly string[]): string {
  const known = secrets.filter((secret) => secret.length >= 8).reduce((rest, secret) => rest.replaceAll(secret, '…'), text)
  const plain = known
    .replace(/<(script|style|title)[\s\S]*?<\/\1>|<[^>]*>/gi, ' ')
    .replace(/\b(bearer|sk|key)[ _-][\w.-]{8,}/gi, '$1 …')
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .trim()
  return Array.from(plain).slice(0, longestMessage).join('')
}

/** Seconds or an HTTP date. */
function retryAfter(header: string | null | undefined): number | null {
  if (!header) return null
  const ms = /^\d+$/.test(header.trim()) ? Number(header) * 1000 : Date.parse(header) - Date.now()
  return Number.isFinite(ms) && ms >= 0 ? ms : null
}
