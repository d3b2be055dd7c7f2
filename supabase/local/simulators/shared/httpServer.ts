/** The HTTP server of a simulator, which can also break a connection off where an answer should be. */
import { createServer, type Server } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import type { Hono } from 'hono'

const DROP = 'x-simulator-drop'

/** An answer that is never sent: whoever asked sees the connection end. */
export const dropped = (): Response => new Response(null, { status: 500, headers: { [DROP]: 'yes' } })

export interface HttpServer {
  url: string
  close(): Promise<void>
}

/** Listens before it answers; port 0 is any free one. */
export async function startHttpServer(app: Pick<Hono, 'fetch'>, host: string, port: number): Promise<HttpServer> {
  const server = createServer(getRequestListener(async (request, { outgoing }) => {
    const response = await app.fetch(request)
    if (response.headers.has(DROP)) outgoing.destroy()
    return response
  }))
  return { url: await listen(server, host, port), close: () => close(server) }
}

function listen(server: Server, host: string, port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      const address = server.address()
      resolve(`http://${host}:${address && typeof address === 'object' ? address.port : port}`)
    })
  })
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
}
