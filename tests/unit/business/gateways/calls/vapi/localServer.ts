import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach } from 'vitest'

export interface SeenRequest {
  method: string
  url: string
  headers: IncomingMessage['headers']
  body: string
}

type Answer = (request: SeenRequest, response: ServerResponse) => void

const running = new Set<Server>()
afterEach(() => {
  running.forEach((server) => {
    server.closeAllConnections()
    server.close()
  })
  running.clear()
})

/** A provider made of one function: answers as the test says and remembers every request. */
export async function startServer(answer: Answer): Promise<{ url: string, requests: SeenRequest[] }> {
  const requests: SeenRequest[] = []
  const server = createServer(async (incoming, response) => {
    const body = await readBody(incoming)
    if (body === null) return
    const { method = '', url = '', headers } = incoming
    requests.push({ method, url, headers, body })
    answer(requests.at(-1)!, response)
  })
  running.add(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, requests }
}

/** null when the sender broke off: such a request was never made. */
async function readBody(incoming: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = []
  try {
    for await (const chunk of incoming) chunks.push(chunk as Buffer)
  } catch {
    return null
  }
  return Buffer.concat(chunks).toString()
}

/** Answers everything the same way. */
export function always(status: number, body: unknown, headers: Record<string, string> = {}): Answer {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  return (_request, response) => response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(text)
}
