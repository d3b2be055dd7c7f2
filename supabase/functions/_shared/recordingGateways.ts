import type { RecordingGateway } from '../../../business/gateways/calls/callGateway.ts'
import { createVapiRecordings } from '../../../business/gateways/calls/vapi/openRecording.ts'
import type { Env } from './env.ts'

/** Where recordings are fetched from, by provider. Loads no SDK. */
export function createRecordingGateways({ vapi }: Env): Record<string, RecordingGateway> {
  return { vapi: createVapiRecordings(vapi) }
}
