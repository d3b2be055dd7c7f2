import type { CallWebhook } from '../../gateways/calls/callGateway.ts'
import type { DialRepository } from '../../repositories/dialRepository.ts'
import { notStored, parseJson } from '../webhookBody.ts'

export interface ReceiveDeps {
  webhook: Pick<CallWebhook, 'parse' | 'answerTools'>
  dials: Pick<DialRepository, 'recordEvent' | 'relayLine' | 'answerTools'>
  /** The one worker of this process: eventWorker.ts. */
  workOnEvents: () => Promise<void>
  /** The account's own connection whose address it came by; null for the installation's. */
  connection_id: string | null
}

export interface Received {
  /** null for a live line, which nobody stores. */
  is_new: boolean | null
  /** What the provider waits for, in its shape; null when any answer will do. */
  reply: object | null
  /** What is left to do once the provider has its answer. */
  afterwards: () => Promise<unknown>
}

/**
 * Takes in one webhook whose sender the guard has verified on the same bytes: the fact is stored, and only then answered. A
 * failure to store throws, so that the provider's retry brings the event again.
 */
export async function receiveCallEvent({ webhook, dials, workOnEvents, connection_id }: ReceiveDeps, raw: Uint8Array): Promise<Received> {
  const body = parseJson(raw)
  const message = webhook.parse(body)
  if (message.kind === 'line') return { is_new: null, reply: null, afterwards: () => dials.relayLine(message.line, connection_id) }
  if (message.kind === 'tools') {
    const { is_new, results } = await dials.answerTools(message.event, body, connection_id).catch(notStored)
    return { is_new, reply: webhook.answerTools(results), afterwards: workOnEvents }
  }
  const { is_new } = await dials.recordEvent(message.event, body, connection_id).catch(notStored)
  const saysSomething = message.event.state !== null || message.event.is_report
  return { is_new, reply: null, afterwards: async () => (is_new && saysSomething ? workOnEvents() : undefined) }
}
