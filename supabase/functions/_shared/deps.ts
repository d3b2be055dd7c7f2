import { PostgrestClient } from '@supabase/postgrest-js'
import type { Clock, Sleep } from '../../../business/models/runtime.ts'
import { createConnectionRepository } from '../../../business/repositories/connectionRepository.ts'
import { createDialRepository } from '../../../business/repositories/dialRepository.ts'
import { createHealthRepository } from '../../../business/repositories/healthRepository.ts'
import { createInvoiceRepository } from '../../../business/repositories/invoiceRepository.ts'
import { createOutboxRepository } from '../../../business/repositories/outboxRepository.ts'
import { createPaymentRepository } from '../../../business/repositories/paymentRepository.ts'
import { createRecordingRepository } from '../../../business/repositories/recordingRepository.ts'
import { createRequestLimitRepository } from '../../../business/repositories/requestLimitRepository.ts'
import type { Env } from './env.ts'
import { trackFailuresAt } from './errorTracking.ts'
import { onlyOwn, type FunctionName } from './ownCommands.ts'
import { fetchWithinRequest } from './requestScope.ts'

/** Longer than the database lets any statement of ours run. */
export const databaseTimeoutMs = 10_000

/**
 * The composition root of the server, without anything that loads a provider's SDK: that is in callGateways.ts and
 * paymentGateway.ts. The database is asked for what is this function's own.
 */
export function createDeps({ supabaseUrl, secretKey, errorTracking }: Env, name: FunctionName) {
  trackFailuresAt(errorTracking)
  const supabase = onlyOwn(new PostgrestClient(`${supabaseUrl}/rest/v1`, {
    headers: { apikey: secretKey, authorization: `Bearer ${secretKey}` },
    fetch: fetchWithinRequest,
    timeout: databaseTimeoutMs,
    // Commands are repeated where the service says that it is safe, never by the client.
    retry: false,
  }), name)
  return {
    connections: createConnectionRepository(supabase),
    dials: createDialRepository(supabase),
    health: createHealthRepository(supabase),
    outbox: createOutboxRepository(supabase),
    payments: createPaymentRepository(supabase),
    invoices: createInvoiceRepository({ url: supabaseUrl, secretKey }),
    recordings: createRecordingRepository({ url: supabaseUrl, secretKey }),
    limits: createRequestLimitRepository(supabase),
    clock: Date.now satisfies Clock,
    sleep: ((ms) => new Promise((resolve) => setTimeout(resolve, ms))) satisfies Sleep,
  }
}
