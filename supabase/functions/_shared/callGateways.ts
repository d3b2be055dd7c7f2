import type { CallGateway, FindGateway } from '../../../business/gateways/calls/callGateway.ts'
import { createVapiCalls } from '../../../business/gateways/calls/vapi/calls.ts'
import type { ConnectionRepository } from '../../../business/repositories/connectionRepository.ts'
import { webhookAddress, webhookSecretsOf } from './callWebhooks.ts'
import type { Env } from './env.ts'
import { keyFinder } from './providerKeys.ts'

/** Who speaks to the provider for whom; made anew for each run, which asks for a key once. Loads the provider's SDK, so only what calls imports it. */
export function createCallGateways(env: Env, connections: Pick<ConnectionRepository, 'findKey'>): FindGateway<CallGateway> {
  const keyOf = keyFinder(env, connections)
  return async (at) => {
    const apiKey = await keyOf(at)
    if (!apiKey) return null
    const [secret = ''] = await webhookSecretsOf(env, at.connection_id)
    return createVapiCalls({ apiKey, baseUrl: env.vapi.baseUrl, webhook: { url: webhookAddress(env, at.connection_id), secret } })
  }
}
