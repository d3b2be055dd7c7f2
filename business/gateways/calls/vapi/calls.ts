import type { CallGateway } from '../callGateway.ts'
import { cancel } from './cancel.ts'
import { createVapiClient, type VapiConfig } from './client.ts'
import { findCalls } from './findCalls.ts'
import { getCall } from './getCall.ts'
import { placeCall } from './placeCall.ts'
import { vapiId } from './shapes.ts'

/** The calling half of VAPI. Loads the SDK: import it only where calls are placed or looked for. */
export function createVapiCalls(config: VapiConfig): CallGateway {
  const client = createVapiClient(config)
  return {
    id: vapiId,
    capabilities: { findByAttempt: 'scan', webhooks: true, reportsCost: true, recordingAccess: 'proxy' },
    placeCall: (order) => placeCall(client, config, order),
    getCall: (provider_call_id) => getCall(client, provider_call_id),
    findCalls: (search) => findCalls(client, search),
    cancel: (provider_call_id) => cancel(client, config.baseUrl, provider_call_id),
  }
}
