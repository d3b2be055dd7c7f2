/** The wire of Supabase Realtime, without a client in between: who is let in, what frames are answered with, what breaks. */
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createClient } from '@supabase/supabase-js'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startRealtime } from '../../supabase/local/realtime/bridge.ts'
import { addMember, openAccount, type TestAccount } from '../factories/account.ts'
import { bareSocket, until, type BareSocket } from '../support/listeners.ts'
import { signedIn } from '../support/people.ts'
import { createStack, type TestStack } from '../support/stack.ts'

const REFUSED = /^Unauthorized/

describe('the wire of realtime', () => {
  let stack: TestStack
  let account: TestAccount
  const sockets: BareSocket[] = []
  const topic = () => `account:${account.accountId}`
  const send = (n: number | string) => stack.db.sql`select realtime.send(${stack.db.sql.json({ n })}, 'account_changed', ${topic()}, true)`
  const tokenOf = async (userId: string, seconds?: number) => (await signedIn(stack, { userId }, seconds)).token
  const told = (socket: BareSocket) => socket.heard.filter((frame) => frame[3] === 'broadcast').map((frame) => (frame[4].payload as { n: unknown }).n)
  async function connect(): Promise<BareSocket> {
    const socket = await bareSocket(stack.url, stack.identity.publishableKey)
    sockets.push(socket)
    return socket
  }
  async function joined(userId = account.userId): Promise<BareSocket> {
    const socket = await connect()
    expect(await socket.join(topic(), await tokenOf(userId))).toBe('ok')
    return socket
  }
  beforeAll(async () => {
    stack = await createStack()
    account = await openAccount(stack.db)
  })
  afterAll(async () => {
    for (const socket of sockets) socket.close()
    await stack.stop()
  })

  describe('a join', () => {
    test('is granted to a member of the account', async () => {
      expect(await (await connect()).join(topic(), await tokenOf(account.userId))).toBe('ok')
    })

    test('is refused to a stranger and to a member of another account', async () => {
      const others = [await stack.db.newUser(), await openAccount(stack.db)]
      for (const { userId } of others) expect(await (await connect()).join(topic(), await tokenOf(userId))).toMatch(REFUSED)
    })

    test('is refused to a visitor, and to a token that is none, has ended, or was signed by another', async () => {
      const good = await tokenOf(account.userId)
      const tokens: [unknown, RegExp][] = [
        [stack.identity.publishableKey, REFUSED], [stack.identity.secretKey, REFUSED], [undefined, /^MalformedJWT/], [7, /^MalformedJWT/], ['', /^MalformedJWT/],
        [await tokenOf(account.userId, -1), /^InvalidJWTToken/], [`${good.slice(0, -6)}AAAAAA`, /^JwtSignatureError/], ['x.y.z', /^JwtSignatureError/],
      ]
      for (const [token, reason] of tokens) expect(await (await connect()).join(topic(), token)).toMatch(reason)
    })

    test.each([['an empty id', 'account:'], ['no id', 'account:not-a-uuid'], ['a pattern', 'account:%'], ['a foreign word', 'anything'], ['no name', ''],
      ['a call nobody watches', 'call:00000000-0000-4000-8000-000000000001'], ['an endless name', `account:${'x'.repeat(5000)}`]])(
      'is refused on a topic with %s', async (_what, name) => {
        expect(await (await connect()).join(name, await tokenOf(account.userId))).toMatch(REFUSED)
      })

    test('is refused on a public channel', async () => {
      const socket = await connect()
      socket.send(['1', '1', `realtime:${topic()}`, 'phx_join', { config: { private: false }, access_token: await tokenOf(account.userId) }])
      expect(await socket.answer('1')).toMatchObject({ status: 'error', response: { reason: expect.stringMatching(/^PrivateOnly/) as unknown } })
    })

    test('leaves no trace of its question in the database', async () => {
      await joined()
      expect(await stack.db.admin`select 1 from realtime.messages where event = 'probe'`).toEqual([])
    })
  })

  test('everybody who joined hears a message, and who left hears no more', async () => {
    const [staying, leaving] = [await joined(), await joined()]
    await send(1)
    await until(() => told(staying).length === 1 && told(leaving).length === 1)
    leaving.send(['1', '9', `realtime:${topic()}`, 'phx_leave', {}])
    expect(await leaving.answer('9')).toEqual({ status: 'ok', response: {} })
    await until(() => leaving.heard.some((frame) => frame[3] === 'phx_close'))
    await send(2)
    await until(() => told(staying).length === 2)
    expect([told(staying), told(leaving)]).toEqual([[1, 2], [1]])
  })

  test('a message far longer than a notification arrives whole', async () => {
    const socket = await joined()
    const long = 'ä'.repeat(60_000)
    await send(long)
    await until(() => told(socket).length === 1)
    expect(told(socket)).toEqual([long])
  })

  test('a broadcast of a browser is delivered to nobody, not even to itself', async () => {
    const [member, listener] = [await joined(), await joined()]
    const words = ['1', '5', `realtime:${topic()}`, 'account_changed', '']
    const header = Uint8Array.from([3, ...words.map((word) => word.length), 1])
    member.send(Buffer.concat([header, Buffer.from(words.join('')), Buffer.from('{"n":"forged"}')]))
    member.send(['1', '6', `realtime:${topic()}`, 'broadcast', { type: 'broadcast', event: 'account_changed', payload: { n: 'forged' } }])
    member.send([null, '7', 'phoenix', 'heartbeat', {}])
    expect(await member.answer('7')).toEqual({ status: 'ok', response: {} })
    await send('true')
    await until(() => told(listener).length > 0 && told(member).length > 0)
    expect([told(member), told(listener)]).toEqual([['true'], ['true']])
  })

  describe('a new token on an open channel', () => {
    const push = (socket: BareSocket, token: unknown) => socket.send(['1', '2', `realtime:${topic()}`, 'access_token', { access_token: token }])
    /** Frames are answered in order, so that whatever came before this answer was dealt with. */
    async function settled(socket: BareSocket, ref: string) {
      socket.send([null, ref, 'phoenix', 'heartbeat', {}])
      await socket.answer(ref)
    }
    const ends = (socket: BareSocket) => socket.heard.filter((frame) => ['system', 'phx_close'].includes(frame[3])).map((frame) => frame[3])

    test('keeps it open; none, and the public key, change nothing', async () => {
      const socket = await joined()
      for (const token of [await tokenOf(account.userId), null, stack.identity.publishableKey]) push(socket, token)
      await settled(socket, '3')
      await send('heard')
      await until(() => told(socket).includes('heard'))
      expect(ends(socket)).toEqual([])
    })

    test('ends it when the token has ended, or is nobody\'s', async () => {
      for (const token of [await tokenOf(account.userId, -1), 'nonsense', await tokenOf((await stack.db.newUser()).userId)]) {
        const socket = await joined()
        push(socket, token)
        await settled(socket, '3')
        expect(ends(socket)).toEqual(['system', 'phx_close'])
      }
    })

    test('ends it for a member who was removed meanwhile', async () => {
      const { userId } = await addMember(stack.db, account, 'viewer')
      const [socket, bystander] = [await joined(userId), await joined()]
      await stack.db.sql`delete from public.members where user_id = ${userId}`
      // Judged at join and refresh only, as hosted: until then a removed member still hears ids and counters.
      await send('late')
      await until(() => told(socket).includes('late'))
      push(socket, await tokenOf(userId))
      await settled(socket, '3')
      expect(ends(socket)).toEqual(['system', 'phx_close'])
      await send('secret')
      await until(() => told(bystander).includes('secret'))
      expect(told(socket)).toEqual(['late'])
    })
  })

  describe('hostile and broken frames', () => {
    test('are ignored, and the next one is answered', async () => {
      const socket = await connect()
      const nonsense = ['', '{', 'null', '7', '[1,2]', '[null,null,5,"phx_join",{}]', '[null,"1","realtime:x","phx_join",null]',
        '[null,"1","realtime:x","phx_join",{"config":7}]', '[null,"1","realtime:x","no_such_event",{}]', '[null,"1","realtime:x","access_token",{}]',
        '[null,"1","realtime:x","phx_leave",[]]', '["__proto__","1","__proto__","constructor",{}]']
      for (const text of nonsense) socket.send(text)
      for (const bytes of [[], [3], [3, 255, 255, 255, 0, 0, 0], [9, 9, 9]]) socket.send(Uint8Array.from(bytes))
      socket.send(['1', '2', 'phoenix', 'heartbeat', {}])
      expect(await socket.answer('2')).toEqual({ status: 'ok', response: {} })
    })

    test('cost at most their own socket', async () => {
      const [bystander, huge, broken] = [await joined(), await connect(), await connect()]
      huge.send('x'.repeat(1024 * 1024))
      expect(await huge.closed).toBe(1009)
      broken.send(['1', '1', 'realtime:account:\u0000', 'phx_join', { config: { private: true }, access_token: await tokenOf(account.userId) }])
      await Promise.race([broken.closed, broken.answer('1')])
      await send('still here')
      await until(() => told(bystander).includes('still here'))
    })

    test('a socket with a wrong key, or elsewhere, is not opened', async () => {
      await expect(bareSocket(stack.url, 'sb_publishable_wrong')).rejects.toThrow('refused')
      await expect(bareSocket(`${stack.url}/elsewhere`, stack.identity.publishableKey)).rejects.toThrow('refused')
    })
  })

  test('a client comes back by itself when the service was away, and hears what is sent from then on', async () => {
    let service = await serve()
    const person = await signedIn(stack, account)
    const client = createClient(service.url, stack.identity.publishableKey, { accessToken: () => Promise.resolve(person.token) })
    const statuses: string[] = []
    const heard: unknown[] = []
    await client.realtime.setAuth()
    client.channel(topic(), { config: { private: true } })
      .on('broadcast', { event: '*' }, (message) => void heard.push(message.payload.n))
      .subscribe((status) => void statuses.push(status))
    await until(() => statuses.includes('SUBSCRIBED'))
    await service.stop()
    await until(() => statuses.includes('CHANNEL_ERROR'))
    await send('lost')
    service = await serve(service.port)
    await until(() => statuses.filter((status) => status === 'SUBSCRIBED').length === 2)
    await send('after')
    await until(() => heard.includes('after'))
    expect(heard).toEqual(['after'])
    void client.realtime.disconnect()
    await service.stop()
  })

  /** The bridge alone, on a port that it can come back to. */
  async function serve(port = 0): Promise<{ url: string, port: number, stop: () => Promise<void> }> {
    const bridge = await startRealtime({ databaseUrl: stack.db.url, jwtSecret: stack.identity.jwtSecret, publishableKey: stack.identity.publishableKey })
    const server: Server = createServer().on('upgrade', (request, socket, head) => bridge.upgrade(request, socket, head))
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
    const taken = (server.address() as AddressInfo).port
    return { url: `http://127.0.0.1:${taken}`, port: taken, stop: async () => {
      await bridge.close()
      await new Promise((resolve) => server.close(resolve))
    } }
  }
})
