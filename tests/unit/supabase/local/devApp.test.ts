/** The development server of the app, seen through the gateway: its pages and the socket by which changes arrive. */
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { WebSocketServer } from 'ws'
import { proxyTo } from '../../../../supabase/local/devApp.ts'

let app: Server
let gateway: Server
const portOf = (server: Server) => (server.address() as AddressInfo).port
const listen = (server: Server) => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))

beforeAll(async () => {
  app = createServer((request, response) => response.end(`page ${request.url}`))
  const sockets = new WebSocketServer({ server: app, path: '/_nuxt/', handleProtocols: () => 'vite-hmr' })
  sockets.on('connection', (socket) => socket.on('message', (text) => socket.send(`heard ${String(text)}`)))
  await listen(app)
  gateway = createServer()
  gateway.on('upgrade', proxyTo(portOf(app)).upgradeSite)
  await listen(gateway)
})
afterAll(() => {
  for (const server of [app, gateway]) {
    server.closeAllConnections()
    server.close()
  }
})

test('a page comes with its path and question', async () => {
  const answer = await proxyTo(portOf(app)).respondWithSite(new Request('http://127.0.0.1/campaigns?page=2'))
  expect([answer.status, await answer.text()]).toEqual([200, 'page /campaigns?page=2'])
})

test('changed modules arrive through the socket, in both directions', async () => {
  const socket = new WebSocket(`ws://127.0.0.1:${portOf(gateway)}/_nuxt/?token=t`, 'vite-hmr')
  await new Promise((resolve) => socket.addEventListener('open', resolve))
  const heard = new Promise((resolve) => socket.addEventListener('message', (message) => resolve(message.data)))
  socket.send('ping')
  expect([socket.protocol, await heard]).toEqual(['vite-hmr', 'heard ping'])
  socket.close()
})

test('while the server is not there yet the page asks again by itself', async () => {
  const answer = await proxyTo(1).respondWithSite(new Request('http://127.0.0.1/'))
  expect(answer.status).toBe(503)
  expect(await answer.text()).toContain('http-equiv="refresh"')
})
