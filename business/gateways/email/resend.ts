import { asText, pick } from '../json.ts'
import type { Email, EmailAnswer, EmailGateway } from './emailGateway.ts'

export interface ResendConfig {
  apiKey: string
  baseUrl: string
  /** "Outdial <billing@…>": an address of a domain that is verified at the service. */
  from: string
}

/** Well within the two minutes for which a job is leased. */
const timeoutMs = 20_000

/** Resend's HTTP API: POST /emails with an Idempotency-Key that it remembers for 24 hours. Source: resend.com/docs/api-reference. */
export function createResend(config: ResendConfig): EmailGateway {
  return { send: (email, key) => send(config, email, key) }
}

async function send({ apiKey, baseUrl, from }: ResendConfig, { to, subject, text, html, headers }: Email, key: string): Promise<EmailAnswer> {
  try {
    const answer = await fetch(`${baseUrl.replace(/\/$/, '')}/emails`, {
      method: 'POST',
      headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json', 'idempotency-key': key },
      body: JSON.stringify({ from, to: [to], subject, text, html, headers }),
      redirect: 'error',
      signal: AbortSignal.timeout(timeoutMs),
    })
    const body: unknown = await answer.json().catch(() => null)
    return answer.ok ? { kind: 'sent', id: asText(pick(body, 'id')) } : refusalOf(answer.status, asText(pick(body, 'name')))
  } catch (error) {
    return { kind: 'unknown', cause: error instanceof Error ? error.name : 'no answer' }
  }
}

/** Only what is wrong with this one mail is final: keys, limits and quotas are put right by somebody, and then it goes out. */
function refusalOf(status: number, name: string | null): EmailAnswer {
  const cause = `HTTP ${status}${name ? ` ${name.slice(0, 60)}` : ''}`
  return finalStatuses.has(status) ? { kind: 'refused', cause } : { kind: 'unknown', cause }
}

const finalStatuses: ReadonlySet<number> = new Set([400, 413, 422])
