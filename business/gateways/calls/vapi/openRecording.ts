import { fetchForeign } from '../../fetchForeign.ts'
import type { ErasureAnswer, RecordingAnswer, RecordingGateway, RecordingWish } from '../callGateway.ts'
import { sniffAudio, type AudioExtension } from '../sniffAudio.ts'

/** The part of VapiConfig that is needed here, stated anew: its own file would lead a function without the SDK to the SDK's types. */
interface RecordingConfig { apiKey: string, baseUrl: string }

/** The recordings of VAPI, over plain fetch: the SDK follows redirects by itself and reads the whole file. */
export function createVapiRecordings(config: RecordingConfig): RecordingGateway {
  return {
    openRecording: (provider_call_id, wanted) => openRecording(config, provider_call_id, wanted),
    eraseCall: (provider_call_id) => eraseCall(config, provider_call_id),
  }
}

const erasureTimeoutMs = 20_000

/** DELETE /call erases a call's data, its recordings included; it is no way to hang up. 503 means that nothing was erased. */
async function eraseCall({ apiKey, baseUrl }: RecordingConfig, provider_call_id: string): Promise<ErasureAnswer> {
  try {
    const answer = await fetch(callUrl(baseUrl, provider_call_id), {
      method: 'DELETE', headers: { authorization: `Bearer ${apiKey}` }, redirect: 'manual', signal: AbortSignal.timeout(erasureTimeoutMs),
    })
    await answer.body?.cancel()
    return answer.ok || answer.status === 404 ? { kind: 'erased' } : { kind: 'not_erased', cause: `HTTP ${answer.status}` }
  } catch (error) {
    return { kind: 'not_erased', cause: error instanceof Error ? error.name : String(error) }
  }
}

const callUrl = (baseUrl: string, provider_call_id: string) => `${baseUrl.replace(/\/$/, '')}/call/${encodeURIComponent(provider_call_id)}`

/**
 * VAPI answers the private key with a redirect to a signed address that lives for minutes. It is followed by hand, so
 * that the key never travels to the storage host, and as an address that somebody else named.
 */
async function openRecording({ apiKey, baseUrl }: RecordingConfig, provider_call_id: string, { channels, signal }: RecordingWish): Promise<RecordingAnswer> {
  const url = `${callUrl(baseUrl, provider_call_id)}/${channels === 2 ? 'stereo' : 'mono'}-recording`
  try {
    const answer = await fetch(url, { headers: { authorization: `Bearer ${apiKey}` }, redirect: 'manual', signal })
    const location = answer.headers.get('location')
    if (channels === 2 && (answer.status === 404 || answer.status === 410)) return await absent(answer)
    if (answer.status < 300 || answer.status >= 400 || !location) return await judge(answer)
    await answer.body?.cancel()
    return await judge(await fetchForeign(new URL(location, url).href, { signal }, { baseUrl }))
  } catch (error) {
    return { kind: 'not_ready', cause: error instanceof Error ? error.name : String(error) }
  }
}

/** Whether the call is finished here or gone altogether, the mono file will tell. */
async function absent(answer: Response): Promise<RecordingAnswer> {
  await answer.body?.cancel()
  return { kind: 'absent', cause: `HTTP ${answer.status}` }
}

async function judge(answer: Response): Promise<RecordingAnswer> {
  const audio = answer.ok && answer.body ? await sniffAudio(answer.body) : null
  if (audio) return { kind: 'ready', ...audio, content_type: audioTypes[audio.extension] }
  if (!answer.body?.locked) await answer.body?.cancel()
  if (answer.status === 410) return { kind: 'gone', cause: 'HTTP 410' }
  const called = (answer.headers.get('content-type') ?? '').split(';')[0]!.trim().toLowerCase()
  return { kind: 'not_ready', cause: answer.ok ? `no audio but ${called || 'nothing'}` : `HTTP ${answer.status}` }
}

/** As the bucket's own list has them. */
const audioTypes: Readonly<Record<AudioExtension, string>> = { mp3: 'audio/mpeg', wav: 'audio/wav', ogg: 'audio/ogg', m4a: 'audio/mp4' }
