/**
 * The local stand-in for Supabase Realtime: private broadcast channels over a WebSocket, fed by NOTIFY. It authorises at
 * join and token refresh, delivers after commit and in order, and takes no broadcast from a browser.
 */
import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import postgres, { type Sql } from 'postgres'
import { WebSocketServer } from 'ws'
import { RECONNECT } from '../reconnect.ts'
import { createConnections, type Connections } from './connections.ts'
import { broadcast } from './frames.ts'

export interface RealtimeBridge {
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void
  close(): Promise<void>
}
interface Options { databaseUrl: string, jwtSecret: string, publishableKey: string }

const LARGEST_FRAME_BYTES = 256 * 1024
/** Hosted Realtime drops its partitions after three days. */
const KEPT_FOR = '3 days'
const TIDY_EVERY_MS = 3_600_000

export async function startRealtime({ databaseUrl, jwtSecret, publishableKey }: Options): Promise<RealtimeBridge> {
  const sql = postgres(databaseUrl, { max: 4, ...RECONNECT })
  const server = new WebSocketServer({ noServer: true, maxPayload: LARGEST_FRAME_BYTES })
  const connections = createConnections(sql, jwtSecret)
  const deliveries = createDeliveries(sql, connections)
  // Heard again after the database was away: what was sent meanwhile is lost, so everybody joins again and fetches anew.
  const listener = await sql.listen('realtime', deliveries.add, () => connections.closeAll())
  const tidy = () => void sql`delete from realtime.messages where inserted_at < now() - ${KEPT_FOR}::interval`.catch(() => undefined)
  const tidying = setInterval(tidy, TIDY_EVERY_MS)
  tidy()
  return {
    upgrade(request, socket, head) {
      const url = new URL(request.url ?? '/', 'http://local')
      if (url.searchParams.get('apikey') !== publishableKey) {
        socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n')
        return
      }
      server.handleUpgrade(request, socket, head, (accepted) => connections.open(accepted))
    },
    async close() {
      clearInterval(tidying)
      await listener.unlisten().catch(() => undefined)
      connections.closeAll()
      server.close()
      await sql.end({ timeout: 1 })
    },
  }
}

/**
 * Rows are read by id, because NOTIFY carries at most 8,000 bytes: all that have come in at once, so that a burst is one query
 * and the order of their commits is the order in which they are heard.
 */
function createDeliveries(sql: Sql, connections: Connections) {
  let waiting: string[] = []
  let isReading = false
  const read = async () => {
    while (waiting.length > 0) {
      const ids = waiting
      waiting = []
      const rows = await sql`select id, topic, event, payload from realtime.messages where id = any(${`{${ids.join(',')}}`}::text::uuid[]) and private`
      const messages = new Map(rows.map((row) => [row.id as string, row]))
      for (const id of ids) {
        const message = messages.get(id)
        if (message) connections.tell(message.topic as string, broadcast(message.topic as string, id, message.event as string, message.payload))
      }
    }
  }
  return {
    add(id: string) {
      waiting.push(id)
      if (isReading) return
      isReading = true
      // The database is away: its clients join again when it is back.
      void read().catch(() => undefined).finally(() => {
        isReading = false
      })
    },
  }
}
