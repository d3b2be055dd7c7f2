/** The open sockets and the channels that each has joined. */
import type { Sql } from 'postgres'
import type { WebSocket } from 'ws'
import type { Claims } from '../token.ts'
import { admit, isKey, type Context } from './authorise.ts'
import { closing, nameOf, parseFrame, reply, type Frame } from './frames.ts'

interface Channel { joinRef: string | null, expiry: NodeJS.Timeout }
interface Connection { socket: WebSocket, channels: Map<string, Channel> }

export interface Connections {
  open(socket: WebSocket): void
  /** Hands a frame to everybody on a topic. */
  tell(topic: string, frame: string): void
  closeAll(): void
}

export function createConnections(sql: Sql, jwtSecret: string): Connections {
  const connections = new Set<Connection>()
  return {
    open(socket) {
      const connection: Connection = { socket, channels: new Map() }
      connections.add(connection)
      socket.on('error', () => socket.terminate())
      socket.on('close', () => {
        for (const { expiry } of connection.channels.values()) clearTimeout(expiry)
        connections.delete(connection)
      })
      answerInOrder(connection, { sql, jwtSecret })
    },
    tell(topic, frame) {
      for (const { socket, channels } of connections) {
        if (channels.has(`realtime:${topic}`)) socket.send(frame)
      }
    },
    closeAll() {
      for (const { socket } of connections) socket.terminate()
    },
  }
}

/** One frame after the other: a leave that comes while its join is still being judged must not be overtaken by it. */
function answerInOrder(connection: Connection, context: Context): void {
  let latest = Promise.resolve()
  connection.socket.on('message', (data, isBinary) => {
    const frame = parseFrame(data, isBinary)
    if (frame) latest = latest.then(() => answer(connection, frame, context)).catch(() => connection.socket.terminate())
  })
}

async function answer(connection: Connection, frame: Frame, context: Context): Promise<void> {
  if (frame.event === 'heartbeat') connection.socket.send(reply(frame, 'ok'))
  else if (frame.event === 'phx_join') await join(connection, frame, context)
  else if (frame.event === 'access_token') await refresh(connection, frame, context)
  else if (frame.event === 'phx_leave') {
    // A join that came meanwhile replaced the channel; the leave speaks of the older one.
    if (connection.channels.get(frame.topic)?.joinRef === frame.joinRef) leave(connection, frame.topic)
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
  const admission = await admit(frame.payload.access_token, topic, context)
  if ('reason' in admission) {
    connection.socket.send(reply(frame, 'error', { reason: admission.reason }))
    return
  }
  leave(connection, frame.topic)
  connection.channels.set(frame.topic, { joinRef: frame.joinRef, expiry: expireAt(connection, frame.topic, admission.claims) })
  connection.socket.send(reply(frame, 'ok', { postgres_changes: [] }))
}

/** A client that has just lost its session pushes no token, or the public key: the channel then lives until the old one ends. */
async function refresh(connection: Connection, frame: Frame, context: Context): Promise<void> {
  const channel = connection.channels.get(frame.topic)
  const token = frame.payload.access_token
  if (!channel || typeof token !== 'string' || isKey(token)) return
  const admission = await admit(token, nameOf(frame.topic), context)
  clearTimeout(channel.expiry)
  if ('claims' in admission) channel.expiry = expireAt(connection, frame.topic, admission.claims)
  else expel(connection, frame.topic, admission.reason)
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
