import type { FindGateway, RecordingGateway } from '../../../business/gateways/calls/callGateway.ts'
import { createVapiRecordings } from '../../../business/gateways/calls/vapi/openRecording.ts'
import type { ConnectionRepository } from '../../../business/repositories/connectionRepository.ts'
import type { Env } from './env.ts'
import { keyFinder } from './providerKeys.ts'

/** Where recordings are fetched from, for whom; made anew for each run. Loads no SDK. */
export function createRecordingGateways(env: Env, connections: Pick<ConnectionRepository, 'findKey'>): FindGateway<RecordingGateway> {
  const keyOf = keyFinder(env, connections)
  return async (at) => {
    const apiKey = await keyOf(at)
    return apiKey ? createVapiRecordings({ apiKey, baseUrl: env.vapi.baseUrl }) : null
  }
}
