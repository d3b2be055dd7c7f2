import { AppError } from '../../../business/models/appError.ts'
import type { RpcClient } from '../../../business/repositories/rpc.ts'

/**
 * What each function may ask of the database with the key that passes every policy, and nothing else: who finds a way to make
 * run-outbox do something else still cannot make it dial. A test compares it with what their services ask.
 */
export const ownCommands = {
  'connect-provider': ['provider_key', 'keep_provider_key', 'record_provider_listing'],
  'create-checkout': ['record_checkout', 'record_customer', 'record_payment_event', 'process_payment_events'],
  'dispatch-calls': ['claim_calls', 'begin_dial', 'record_dial', 'provider_key'],
  'end-call': ['call_to_end', 'record_call_end', 'provider_key'],
  health: ['service_health'],
  'manage-cards': ['record_customer', 'record_payment_methods'],
  metrics: ['service_metrics'],
  'place-test-call': ['begin_dial', 'record_dial', 'provider_key'],
  'receive-call-event': ['record_call_event', 'answer_tool_calls', 'relay_transcript', 'process_call_events'],
  'receive-payment-event': ['record_payment_event', 'process_payment_events'],
  'reconcile-calls': ['calls_to_check', 'record_call_check', 'process_call_events', 'provider_key'],
  'reconcile-payments': ['orders_to_check', 'record_payment_event', 'process_payment_events', 'payment_listing_due', 'record_payment_listing'],
  'run-outbox': ['claim_outbox', 'record_outbox', 'recording_to_delete', 'call_to_analyse', 'invitation_mail', 'notice_mail', 'order_for_charge', 'record_charge',
    'invoice_facts', 'record_customer', 'record_payment_methods', 'provider_key'],
  unsubscribe: ['unsubscribe'],
} as const satisfies Record<string, readonly string[]>

export type FunctionName = keyof typeof ownCommands

/** Whom everybody may ask: it counts requests. */
const common = 'spend_requests'

export function onlyOwn(client: RpcClient, name: FunctionName): RpcClient {
  const allowed: readonly string[] = [common, ...ownCommands[name]]
  return {
    rpc(command, args) {
      if (!allowed.includes(command)) throw new AppError('internal', `${name} has no business with ${command}.`)
      return client.rpc(command, args)
    },
  }
}
