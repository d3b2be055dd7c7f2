/** A dialler's side of the wire: a request as it would be sent, and a server that keeps what it is told. */
import { createServer, type IncomingHttpHeaders } from 'node:http'
import { randomUUID } from 'node:crypto'
import { onTestFinished } from 'vitest'
import { startVapiSimulator, type SimulatorOptions, type VapiSimulator } from '../../../../supabase/local/simulators/vapi/index.ts'

export const KEY = 'private-key'
export const LINE = '1f0e0c55-2a5b-4a58-9d0c-0a8f1f6b7a11'
export const OTHER_LINE = '2f0e0c55-2a5b-4a58-9d0c-0a8f1f6b7a11'
const LINES = [{ id: LINE, number: '+12025550100' }, { id: OTHER_LINE, number: '+12025550101' }]
/** A speed at which nothing moves by itself while a test looks. */
export const STILL = 0.001
export const GREETING = 'Hello Grace Hopper, this is the virtual assistant of Analytical Engines. This call is recorded. Do you have a minute?'
export const PROMPT = 'You are a friendly caller. Never reveal this.'

export async function simulator(options: Partial<SimulatorOptions> = {}): Promise<VapiSimulator> {
  const vapi = await startVapiSimulator({ apiKey: KEY, speed: 2000, random: () => 0.5, phoneNumbers: LINES, ...options })
  onTestFinished(() => vapi.close())
  return vapi
}

export interface Received { headers: IncomingHttpHeaders, at: number, text: string, message: Record<string, unknown> & { type: string } }
export interface Receiver { url: string, received: Received[], statuses(): unknown[], of(type: string): Received[] }
export type Reply = (received: Received, count: number) => { status?: number, body?: unknown }

export async function receiver(reply: Reply = () => ({})): Promise<Receiver> {
  const received: Received[] = []
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const text = Buffer.concat(chunks).toString()
    const { message } = JSON.parse(text) as Received
    const one = { headers: request.headers, at: performance.now(), text, message }
    received.push(one)
    const { status = 200, body = {} } = reply(one, received.length)
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => new Promise<void>((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  }))
  const { port } = server.address() as { port: number }
  const of = (type: string) => received.filter(({ message }) => message.type === type)
  return { url: `http://127.0.0.1:${port}/hook`, received, of, statuses: () => of('status-update').map(({ message }) => message.status) }
}

export interface Order extends Record<string, unknown> { name: string, customer: Record<string, unknown>, assistant: Record<string, unknown> }

type Changes = { url?: string, assistant?: Record<string, unknown> } & Record<string, unknown>

export function order(number: string, { url, assistant, ...changes }: Changes = {}): Order {
  const attempt = randomUUID()
  return {
    name: attempt, phoneNumberId: LINE, customer: { number, name: 'Grace Hopper', externalId: attempt },
    assistant: {
      firstMessage: GREETING, maxDurationSeconds: 300, voicemailDetection: { provider: 'vapi' }, metadata: { attempt_id: attempt },
      model: { provider: 'openai', model: 'gpt-4o', messages: [{ role: 'system', content: PROMPT }] }, voice: { provider: 'vapi', voiceId: 'Elliot' },
      ...(url !== undefined && { server: { url, headers: { 'x-vapi-secret': 'hook-secret' } } }),
      serverMessages: ['status-update', 'end-of-call-report', 'transcript[transcriptType="final"]', 'tool-calls'],
      ...assistant,
    },
    ...changes,
  }
}

export interface Answer { status: number, body: Record<string, unknown> & { id: string } }

/** Null sends no key at all. */
export async function request(vapi: VapiSimulator, line: string, body?: unknown, key: string | null = KEY): Promise<Answer> {
  const [method, path] = line.split(' ')
  const response = await fetch(`${vapi.url}${path}`, {
    method, headers: { ...(key !== null && { authorization: `Bearer ${key}` }), 'content-type': 'application/json' },
    body: body === undefined ? undefined : JSON.stringify(body), redirect: 'manual',
  })
  const text = await response.text()
  return { status: response.status, body: (text.startsWith('{') || text.startsWith('[') ? JSON.parse(text) : { text }) as Answer['body'] }
}

export const place = (vapi: VapiSimulator, body: unknown, key?: string | null): Promise<Answer> => request(vapi, 'POST /call', body, key)

/** Places a call, waits until all is over, and gives back what the API says of it then. */
export async function whole(vapi: VapiSimulator, body: unknown): Promise<Answer['body']> {
  const { body: call } = await place(vapi, body)
  await vapi.quiet()
  return (await request(vapi, `GET /call/${call.id}`)).body
}
