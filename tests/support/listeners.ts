/** Ears for realtime tests: channels of supabase-js, and bare sockets that say what no client would. */
import type { RealtimeChannel } from '@supabase/supabase-js'

/** Resolves with the first status a channel reports. */
export function subscribed(channel: RealtimeChannel): Promise<string> {
  return new Promise((resolve) => void channel.subscribe((status) => resolve(status)))
}

/** Resolves when the condition holds; polls the page's own memory, not the clock. */
export async function until(condition: () => boolean): Promise<void> {
  const end = Date.now() + 10_000
  while (!condition()) {
    if (Date.now() > end) throw new Error('The condition never came true.')
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

/** [join_ref, ref, topic, event, payload] */
export type Frame = [string | null, string | null, string, string, Record<string, unknown>]

export interface BareSocket {
  heard: Frame[]
  send(frame: Frame | string | Uint8Array): void
  /** The answer to the frame with this ref. */
  answer(ref: string): Promise<Frame[4]>
  /** Joins a private topic; answers "ok" or the reason of the refusal. */
  join(topic: string, accessToken: unknown, ref?: string): Promise<string>
  /** The code of the close, when it comes. */
  closed: Promise<number>
  close(): void
}

export async function bareSocket(url: string, key: string): Promise<BareSocket> {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/realtime/v1/websocket?apikey=${key}&vsn=2.0.0`)
  const heard: Frame[] = []
  socket.onmessage = (message) => void heard.push(JSON.parse(String(message.data)) as Frame)
  const closed = new Promise<number>((resolve) => socket.addEventListener('close', (event) => resolve(event.code)))
  await new Promise((resolve, reject) => {
    socket.addEventListener('open', resolve)
    socket.addEventListener('error', () => reject(new Error('The socket was refused.')))
  })
  const send = (frame: Frame | string | Uint8Array) => socket.send(Array.isArray(frame) ? JSON.stringify(frame) : frame as string)
  const answer = async (ref: string) => {
    const find = () => heard.find((frame) => frame[1] === ref && frame[3] === 'phx_reply')
    await until(() => find() !== undefined)
    return find()?.[4] ?? {}
  }
  return {
    heard, send, answer, closed, close: () => socket.close(),
    async join(topic, accessToken, ref = '1') {
      send([ref, ref, `realtime:${topic}`, 'phx_join', { config: { private: true }, access_token: accessToken }])
      const { status, response } = await answer(ref) as { status: string, response: { reason?: string } }
      return response.reason ?? status
    },
  }
}
