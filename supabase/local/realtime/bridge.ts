/**
 * The local stand-in for Supabase Realtime: private broadcast channels over a WebSocket, fed by NOTIFY. It authorises at
 * join and token refresh, delivers after commit, and takes no broadcast from a browser.
 */
import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import postgres, { type Sql } from 'postgres'
import { WebSocketServer, type WebSocket } from 'ws'
import { mayListen, verifyToken, type Claims } from './authorise.ts'
import { broadcast, closing, parseFrame, reply, type Frame } from './frames.ts'

interface Channel { joinRef: string | null, expiry: NodeJS.Timeout }
interface Connection { socket: WebSocket, channels: Map<string, Channel> }
export interface RealtimeBridge {
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void
  close(): Promise<void>
}
interface Options { databaseUrl: string, jwtSecret: string, publishableKey: string }

export async function startRealtime({ databaseUrl, jwtSecret, publishableKey }: Options): Promise<RealtimeBridge> {
  const sql = postgres(databaseUrl, { max: 4, onnotice: () => undefined })
  const server = new WebSocketServer({ noServer: true })
  const connections = new Set<Connection>()
  const listener = await sql.listen('realtime', id => void deliver(sql, connections, id))
  return {
    upgrade(request, socket, head) {
      const url = new URL(request.url ?? '/', 'http://local')
      if (url.searchParams.get('apikey') !== publishableKey) {
        socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n')
        return
      }
      server.handleUpgrade(request, socket, head, accepted => open(accepted, connections, { sql, jwtSecret }))
    },
    async close() {
      await listener.unlisten().catch(() => undefined)
      for (const { socket } of connections) socket.terminate()
      server.close()
      await sql.end({ timeout: 1 })
    },
  }
}

interface Context { sql: Sql, jwtSecret: string }

function open(socket: WebSocket, connections: Set<Connection>, context: Context): void {
  const connection: Connection = { socket, channels: new Map() }
  connections.add(connection)
  socket.on('error', () => socket.terminate())
  socket.on('close', () => {
    for (const { expiry } of connection.channels.values()) clearTimeout(expiry)
    connections.delete(connection)
  })
  socket.on('message', (data, isBinary) => {
    const frame = parseFrame(data, isBinary)
    if (frame) void answer(connection, frame, context).catch(() => socket.terminate())
  })
}

async function answer(connection: Connection, frame: Frame, context: Context): Promise<void> {
  if (frame.event === 'heartbeat') connection.socket.send(reply(frame, 'ok'))
  else if (frame.event === 'phx_join') await join(connection, frame, context)
  else if (frame.event === 'access_token') await refresh(connection, frame, context)
  else if (frame.event === 'phx_leave') {
    leave(connection, frame.topic)
    connection.socket.send(reply(frame, 'ok'))
    connection.socket.send(JSON.stringify([frame.joinRef, frame.ref, frame.topic, 'phx_close', {}]))
  }
}

async function join(connection: Connection, frame: Frame, context: Context): Promise<void> {
  const topic = nameOf(frame.topic)
  const config = frame.payload.config as { private?: boolean } | undefined
  if (config?.private !== true) {
    connection.socket.send(reply(frame, 'error', { reason: 'PrivateOnly: This project only allows private channels' }))
    return
  }
  const claims = await authorised(frame, topic, context)
  if (!claims) {
    connection.socket.send(reply(frame, 'error', { reason: `Unauthorized: You do not have permissions to read from this Channel topic: ${topic}` }))
    return
  }
  leave(connection, frame.topic)
  connection.channels.set(frame.topic, { joinRef: frame.joinRef, expiry: expireAt(connection, frame.topic, claims) })
  connection.socket.send(reply(frame, 'ok', { postgres_changes: [] }))
}

async function refresh(connection: Connection, frame: Frame, context: Context): Promise<void> {
  const channel = connection.channels.get(frame.topic)
  if (!channel) return
  const claims = await authorised(frame, nameOf(frame.topic), context)
  clearTimeout(channel.expiry)
  if (claims) channel.expiry = expireAt(connection, frame.topic, claims)
  else expel(connection, frame.topic, 'You do not have permissions to read from this Channel topic any more')
}

async function authorised(frame: Frame, topic: string, { sql, jwtSecret }: Context): Promise<Claims | null> {
  const claims = verifyToken(frame.payload.access_token, jwtSecret, Date.now() / 1000)
  return claims && await mayListen(sql, claims, topic) ? claims : null
}

function expireAt(connection: Connection, topic: string, claims: Claims): NodeJS.Timeout {
  const milliseconds = Math.min(claims.exp * 1000 - Date.now(), 2 ** 31 - 1)
  return setTimeout(() => expel(connection, topic, 'Token has expired'), milliseconds).unref()
}

function expel(connection: Connection, topic: string, message: string): void {
  const channel = connection.channels.get(topic)
  if (!channel) return
  for (const frame of closing(channel.joinRef, topic, message)) connection.socket.send(frame)
  leave(connection, topic)
}

function leave(connection: Connection, topic: string): void {
  clearTimeout(connection.channels.get(topic)?.expiry)
  connection.channels.delete(topic)
}

/** The row is read by id: NOTIFY carries at most 8,000 bytes. */
async function deliver(sql: Sql, connections: Set<Connection>, id: string): Promise<void> {
  const [message] = await sql`select topic, event, payload from realtime.messages where id = ${id} and private`
  if (!message) return
  const frame = broadcast(message.topic as string, id, message.event as string, message.payload)
  for (const { socket, channels } of connections) {
    if (channels.has(`realtime:${message.topic as string}`)) socket.send(frame)
  }
}

function nameOf(topic: string): string {
  return topic.replace(/^realtime:/, '')
}
