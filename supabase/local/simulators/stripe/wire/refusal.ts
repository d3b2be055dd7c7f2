/** The provider's way to say no: one envelope, whatever it is about. */
export interface Refusing {
  status: number
  type: 'invalid_request_error' | 'card_error' | 'idempotency_error' | 'api_error'
  code?: string
  message: string
  param?: string
  decline_code?: string
  /** What else stands in the envelope: payment_intent, payment_method, charge. */
  about?: Record<string, unknown>
}

export class Refusal extends Error {
  readonly refusing: Refusing

  constructor(refusing: Refusing) {
    super(refusing.message)
    this.refusing = refusing
  }

  /** Refused before anything was begun: the same key may come again with other parameters. */
  get isForgotten(): boolean {
    const { status, type } = this.refusing
    return status < 500 && type !== 'card_error'
  }

  body(): { error: Record<string, unknown> } {
    const { status: _, about, code, ...said } = this.refusing
    return { error: { ...(code !== undefined && { code, doc_url: `https://stripe.com/docs/error-codes/${code.replaceAll('_', '-')}` }), ...said, ...about } }
  }
}

export const invalid = (message: string, param?: string, code?: string): Refusal =>
  new Refusal({ status: 400, type: 'invalid_request_error', message, ...(param !== undefined && { param }), ...(code !== undefined && { code }) })

export function missing(noun: string, id: string, param: string, status = 404): Refusal {
  return new Refusal({ status, type: 'invalid_request_error', code: 'resource_missing', message: `No such ${noun}: '${id}'`, param })
}

export const broken = (): Refusal => new Refusal({ status: 500, type: 'api_error', message: 'An unknown error occurred' })
