import { createServer, type RequestListener } from 'node:http'
import { afterEach, describe, expect, it, vi } from 'vitest'
import * as fc from 'fast-check'
import { fetchForeign } from '../../../../business/gateways/fetchForeign.ts'
import { isPublicAddress } from '../../../../business/gateways/publicAddress.ts'

describe('a public address', () => {
  it.each(['8.8.8.8', '1.1.1.1', '172.15.0.1', '172.32.0.1', '100.63.0.1', '192.169.0.1', '2606:4700::1111', '2a00:1450:4001:81b::200e', '::ffff:8.8.8.8', '64:ff9b::808:808'])(
    'is %s', (address) => expect(isPublicAddress(address)).toBe(true))

  it.each(['127.0.0.1', '127.9.9.9', '0.0.0.0', '10.1.2.3', '172.16.0.1', '172.31.255.255', '192.168.1.1', '169.254.169.254', '100.64.0.1', '198.18.0.1', '203.0.113.7', '224.0.0.1',
    '255.255.255.255', '::', '::1', 'fe80::1', 'fc00::1', 'fd00:ec2::254', 'ff02::1', '2001:db8::1', '2001::1', '::ffff:127.0.0.1', '::ffff:7f00:1', '::ffff:a9fe:a9fe', '64:ff9b::7f00:1', '2002:7f00:1::',
    '', 'localhost', '1.2.3', '1.2.3.4.5', '01.2.3.4', '256.1.1.1', '1:2:3:4:5:6:7', '1::2::3', ':::', 'g::1'])('is not %s', (address) => expect(isPublicAddress(address)).toBe(false))

  it('is never found in a private network, however it is written', () => {
    const ofAll = fc.nat(255)
    const only = (value: number) => fc.constant(value)
    const middle = fc.integer({ min: 16, max: 31 })
    const inside = fc.oneof(fc.tuple(only(10), ofAll), fc.tuple(only(192), only(168)), fc.tuple(only(172), middle), fc.tuple(only(127), ofAll))
    fc.assert(fc.property(inside, fc.nat(255), fc.nat(255), ([a, b], c, d) => {
      const hex = (high: number, low: number) => (high * 256 + low).toString(16)
      return [`${a}.${b}.${c}.${d}`, `::ffff:${a}.${b}.${c}.${d}`, `0:0:0:0:0:ffff:${hex(a, b)}:${hex(c, d)}`, `2002:${hex(a, b)}:${hex(c, d)}::1`].every((address) => !isPublicAddress(address))
    }))
  })
})

describe('an address that somebody else named', () => {
  const fetched = vi.fn<(url: URL) => Promise<Response>>()
  afterEach(() => vi.unstubAllGlobals())
  const visit = (address: string, { answers = [new Response('ok')], resolved = ['8.8.8.8'], method = 'GET' }: { answers?: Response[], resolved?: string[], method?: string } = {}) => {
    fetched.mockReset()
    for (const answer of answers) fetched.mockResolvedValueOnce(answer)
    vi.stubGlobal('fetch', fetched)
    return fetchForeign(address, { method }, { baseUrl: 'https://api.provider.example', resolveName: () => Promise.resolve(resolved) })
  }
  const redirect = (location: string) => new Response(null, { status: 302, headers: { location } })
  const visited = () => fetched.mock.calls.map(([url]) => url.href)

  it('is visited over https at a public host', async () => {
    expect(await (await visit('https://storage.example/file.mp3')).text()).toBe('ok')
  })

  it.each(['http://storage.example/', 'https://storage.example:8443/', 'ftp://storage.example/', 'file:///etc/passwd', 'data:text/plain,x', 'https://user:password@storage.example/',
    'https://127.0.0.1/', 'https://2130706433/', 'https://0x7f.1/', 'https://[::1]/', 'https://[::ffff:127.0.0.1]/', 'https://169.254.169.254/latest/meta-data', 'https://localhost/', 'https://intranet/',
    'https://db.internal/', 'https://printer.local/', 'https://storage.localhost/', 'https://localhost./'])('is not visited at %s', async (address) => {
    await expect(visit(address)).rejects.toMatchObject({ name: 'ForbiddenAddress' })
    expect(visited()).toEqual([])
  })

  it('is not visited when its name leads inside, also beside an address outside', async () => {
    await expect(visit('https://storage.example/', { resolved: ['8.8.8.8', '10.0.0.1'] })).rejects.toMatchObject({ name: 'ForbiddenAddress' })
    expect(visited()).toEqual([])
  })

  it('leads on by redirects, each of which is judged', async () => {
    expect(await (await visit('https://a.example/1', { answers: [redirect('/2'), redirect('https://b.example/3'), new Response('there')] })).text()).toBe('there')
    expect(visited()).toEqual(['https://a.example/1', 'https://a.example/2', 'https://b.example/3'])
    await expect(visit('https://a.example/1', { answers: [redirect('http://127.0.0.1/')] })).rejects.toMatchObject({ name: 'ForbiddenAddress' })
    await expect(visit('https://a.example/1', { answers: Array.from({ length: 9 }, () => redirect('/again')) })).rejects.toMatchObject({ name: 'ForbiddenAddress' })
    expect(visited()).toHaveLength(4)
  })

  it('hears what was meant for it once: a redirect of a POST is its answer', async () => {
    expect((await visit('https://a.example/1', { answers: [redirect('/2')], method: 'POST' })).status).toBe(302)
  })

  it('may be the host of the provider as this installation knows it, on any port, and no other on this machine', async () => {
    const hello: RequestListener = (_request, response) => response.end('hello')
    const server = createServer(hello).listen(0, '127.0.0.1')
    await new Promise((resolve) => server.once('listening', resolve))
    const url = `http://127.0.0.1:${(server.address() as { port: number }).port}/`
    expect(await (await fetchForeign(url, {}, { baseUrl: 'http://127.0.0.1:1' })).text()).toBe('hello')
    await expect(fetchForeign(url.replace('127.0.0.1', '127.0.0.2'), {}, { baseUrl: 'http://127.0.0.1:1' })).rejects.toMatchObject({ name: 'ForbiddenAddress' })
    await expect(fetchForeign('http://api.provider.example/', {}, { baseUrl: 'https://api.provider.example' })).rejects.toMatchObject({ name: 'ForbiddenAddress' })
    server.close()
  })
})
