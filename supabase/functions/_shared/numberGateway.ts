import type { NumberGateway } from '../../../business/gateways/calls/callGateway.ts'
import { createVapiNumbers } from '../../../business/gateways/calls/vapi/listNumbers.ts'
import type { Env } from './env.ts'

/** Asks whose a key is. Loads no SDK, and uses no key of the installation's. */
export function createNumberGateway({ vapi }: Env): NumberGateway {
  return createVapiNumbers(vapi)
}
