/** The storage service and the provider's recordings, as a process reaches them: there, not yet there, gone, or unreachable. */
import type { FindGateway, RecordingGateway } from '../../business/gateways/calls/callGateway.ts'
import type { RecordingRepository } from '../../business/repositories/recordingRepository.ts'
import type { Process, World } from './processes.ts'

interface Recordings { recordings: Pick<RecordingRepository, 'store' | 'remove'>, recordingGatewayOf: FindGateway<RecordingGateway> }

export function recordingsOf({ agenda, random, faults }: World, process: Process): Recordings {
  const after = async <T>(work: () => T): Promise<T> => {
    await agenda.sleep(random.integer(50, 3_000), process)
    return work()
  }
  return {
    recordingGatewayOf: async () => ({ openRecording: (_call, { channels }) => after(() => {
      if (faults.happens('recording: unreachable', 0.1)) throw new TypeError('fetch failed')
      if (channels === 2 && faults.happens('recording: only mixed', 0.1)) return { kind: 'absent', cause: 'HTTP 404' }
      if (channels === 1 && faults.happens('recording: gone', 0.5)) return { kind: 'gone', cause: 'HTTP 410' }
      if (faults.happens('recording: not ready', 0.1)) return { kind: 'not_ready', cause: 'HTTP 202' }
      return { kind: 'ready', body: new Blob(['sound']).stream(), content_type: 'audio/mpeg', extension: 'mp3' }
    }) }),
    recordings: { store: (_path, body) => after(() => {
      void body.cancel()
      if (faults.happens('recording: storage refuses', 0.1)) throw new Error('The storage answered HTTP 500')
      return 5
    }), remove: () => after(() => undefined) },
  }
}
