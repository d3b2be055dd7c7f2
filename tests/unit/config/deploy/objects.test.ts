/** Files on their way between a storage and a backup, against a storage of this test's own. */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { fetchObjects, sendObjects, type StorageAccess, type StoredObject } from '../../../../config/deploy/objects.ts'

const files = new Map<string, string>()
const seen: string[] = []
let broken: { status: number, cutAfter?: number } | null = null
let server: Server
let folder: string
let access: StorageAccess

beforeEach(async () => {
  files.clear()
  seen.length = 0
  broken = null
  folder = mkdtempSync(join(tmpdir(), 'outdial-objects-'))
  server = createServer((request, response) => {
    const path = (request.url ?? '').replace('/storage/v1/object/', '')
    seen.push(`${request.method} ${path} ${request.headers.apikey as string} ${request.headers.authorization} ${request.headers['x-upsert'] as string ?? ''} ${request.headers['content-type'] ?? ''}`.trim())
    if (broken?.cutAfter !== undefined) {
      response.writeHead(200, { 'content-length': '1000' })
      response.write('x'.repeat(broken.cutAfter), () => response.destroy())
    } else if (broken) {
      response.writeHead(broken.status).end()
    } else if (request.method === 'GET') {
      response.writeHead(files.has(path) ? 200 : 404).end(files.get(path))
    } else {
      let body = ''
      request.setEncoding('utf8').on('data', (part: string) => (body += part)).on('end', () => {
        files.set(path, body)
        response.writeHead(200).end('{}')
      })
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  access = { supabaseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, secretKey: 'sb_secret_k' }
})
afterEach(() => {
  server.closeAllConnections()
  server.close()
  rmSync(folder, { recursive: true, force: true })
})

const one: StoredObject = { bucket: 'recordings', name: 'account/a call.mp3', type: 'audio/mpeg' }
const at = ({ bucket, name }: StoredObject) => join(folder, bucket, name)
function keep(object: StoredObject, text: string): void {
  mkdirSync(dirname(at(object)), { recursive: true })
  writeFileSync(at(object), text)
}

it('fetches what is not there yet, with the key that may, and leaves the rest alone', async () => {
  const other = { ...one, name: 'account/kept.mp3' }
  keep(other, 'as it was')
  files.set('recordings/account/a%20call.mp3', 'sound')
  expect(await fetchObjects(access, folder, [one, other])).toEqual({ done: 1, kept: 1 })
  expect([readFileSync(at(one), 'utf8'), readFileSync(at(other), 'utf8')]).toEqual(['sound', 'as it was'])
  expect(seen).toEqual(['GET recordings/account/a%20call.mp3 sb_secret_k Bearer sb_secret_k'])
})

it('goes on without a file that was deleted meanwhile, and does not count it', async () => {
  files.set('recordings/account/a%20call.mp3', 'sound')
  expect(await fetchObjects(access, folder, [{ ...one, name: 'account/gone.mp3' }, one])).toEqual({ done: 1, kept: 0 })
  expect(existsSync(at({ ...one, name: 'account/gone.mp3' }))).toBe(false)
})

it('fails when the storage does, and names the file', async () => {
  broken = { status: 503 }
  await expect(fetchObjects(access, folder, [one])).rejects.toThrow('HTTP 503 for recordings/account/a call.mp3')
  keep(one, 'sound')
  await expect(sendObjects(access, folder, [one])).rejects.toThrow('HTTP 503 for recordings/account/a call.mp3')
})

it('keeps no half of a file: the next backup fetches it anew', async () => {
  broken = { status: 200, cutAfter: 10 }
  await expect(fetchObjects(access, folder, [one])).rejects.toThrow()
  expect(existsSync(at(one))).toBe(false)
  broken = null
  files.set('recordings/account/a%20call.mp3', 'whole')
  expect(await fetchObjects(access, folder, [one])).toEqual({ done: 1, kept: 0 })
  expect(readFileSync(at(one), 'utf8')).toBe('whole')
})

it('puts back what the backup has, over what is there, with its type', async () => {
  keep(one, 'sound')
  expect(await sendObjects(access, folder, [one, { ...one, name: 'account/missing.mp3' }])).toEqual({ done: 1, kept: 1 })
  expect(files.get('recordings/account/a%20call.mp3')).toBe('sound')
  expect(seen).toEqual(['POST recordings/account/a%20call.mp3 sb_secret_k Bearer sb_secret_k true audio/mpeg'])
})

it.each(['../../outside.mp3', 'account/../../../outside.mp3', '..', ''])('writes nothing outside of the backup for the name "%s"', async (name) => {
  await expect(fetchObjects(access, folder, [{ ...one, name }])).rejects.toThrow('leads out of the backup')
  await expect(sendObjects(access, folder, [{ ...one, name }])).rejects.toThrow('leads out of the backup')
  expect(seen).toEqual([])
})
