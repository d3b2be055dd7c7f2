/** The app while somebody works on it: Nuxt's development server, seen through the one address that everything shares. */
import type { ChildProcess } from 'node:child_process'
import type { IncomingMessage } from 'node:http'
import { connect } from 'node:net'
import { join } from 'node:path'
import type { Duplex } from 'node:stream'
import { forward } from './forward.ts'
import type { SiteParts } from './instance.ts'
import { keepRunning } from './keepRunning.ts'
import { BIN, ROOT } from './paths.ts'
import { endSupervised, spawnSupervised } from './supervised.ts'

export interface DevApp { site: SiteParts, stop(): Promise<void> }

const STOPPED_WITHIN_MS = 5_000

export function startDevApp(port: number, onLost: () => void): DevApp {
  const kept = keepRunning(() => launch(port), onLost)
  return { site: proxyTo(port), stop: () => endSupervised(kept.release(), STOPPED_WITHIN_MS) }
}

/** A process of its own without Nuxt's forks, whose output is what a developer of the app wants to read. */
function launch(port: number): ChildProcess {
  const args = ['dev', '--no-fork', '--no-clear', '--host', '127.0.0.1', '--port', String(port)]
  const env = { ...process.env, NODE_ENV: 'development', NUXT_TELEMETRY_DISABLED: '1' }
  return spawnSupervised(join(BIN, 'nuxt'), args, { cwd: ROOT, env, output: 'inherit', endsBy: 'TERM' })
}

/** Requests and the web socket by which changed modules arrive. */
export function proxyTo(port: number): Required<SiteParts> {
  return {
    respondWithSite: (request) => forward(request, `http://127.0.0.1:${port}`).catch(() => notReady()),
    upgradeSite: (request, socket, head) => passOn(port, request, socket, head),
  }
}

/** Reloads by itself, as the server is there in a moment. */
function notReady(): Response {
  return new Response('<!doctype html><meta http-equiv="refresh" content="1"><title>Outdial</title><p>The app is being built …',
    { status: 503, headers: { 'content-type': 'text/html; charset=utf-8', 'retry-after': '1' } })
}

function passOn(port: number, request: IncomingMessage, socket: Duplex, head: Buffer): void {
  const target = connect(port, '127.0.0.1', () => {
    const headers = request.rawHeaders.flatMap((text, index) => (index % 2 === 0 ? [`${text}: ${request.rawHeaders[index + 1] ?? ''}`] : []))
    target.write(`${request.method} ${request.url} HTTP/1.1\r\n${headers.join('\r\n')}\r\n\r\n`)
    target.write(head)
    target.pipe(socket).pipe(target)
  })
  target.on('error', () => socket.destroy())
  socket.on('error', () => target.destroy())
  socket.on('close', () => target.destroy())
}
