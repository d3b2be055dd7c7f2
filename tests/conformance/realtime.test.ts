import { createClient } from '@supabase/supabase-js'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openAccount, type TestAccount } from '../factories/account.ts'
import { subscribed, until } from '../support/listeners.ts'
import { signedIn, type Person } from '../support/people.ts'
import { createStack, type TestStack } from '../support/stack.ts'

describe('realtime', () => {
  let stack: TestStack
  let account: TestAccount
  let owner: Person
  let stranger: Person
  const people: Person[] = []
  const topic = () => `account:${account.accountId}`
  const send = (payload: string) => stack.db.sql`select realtime.send(${payload}::text::jsonb, 'account_changed', ${topic()}, true)`
  beforeAll(async () => {
    stack = await createStack()
    account = await openAccount(stack.db)
    owner = await connected(account)
    stranger = await connected()
  })
  afterAll(async () => {
    people.forEach((person) => void person.client.realtime.disconnect())
    await stack.stop()
  })

  async function listen(person: Person): Promise<unknown[]> {
    const heard: unknown[] = []
    const channel = person.client.channel(topic(), { config: { private: true } }).on('broadcast', { event: 'account_changed' }, (message) => void heard.push(message.payload.n))
    expect(await subscribed(channel)).toBe('SUBSCRIBED')
    return heard
  }

  test('delivers after the commit, in order, and never what was rolled back', async () => {
    const heard = await listen(owner)
    await stack.db.sql.begin(async (sql) => {
      await sql`select realtime.send('{"n": "rolled back"}', 'account_changed', ${topic()}, true)`
      throw new Error('undo')
    }).catch(() => undefined)
    const session = await stack.db.sql.reserve()
    await session`begin`
    await session`select realtime.send('{"n": 1}', 'account_changed', ${topic()}, true)`
    await send('{"n": 0}')
    await until(() => heard.length === 1)
    await session`commit`
    session.release()
    await until(() => heard.length === 2)
    expect(heard).toEqual([0, 1])
  })

  test('keeps the order of many messages that come at once', async () => {
    const heard = await listen(await connected(account))
    await Promise.all([1, 2, 3].map((sender) => stack.db.sql.begin(async (sql) => {
      for (let n = 0; n < 100; n++) await sql`select realtime.send(${sql.json({ n: `${sender}.${n}` })}, 'account_changed', ${topic()}, true)`
    })))
    await until(() => heard.length === 300)
    for (const sender of ['1', '2', '3']) {
      expect(heard.filter((name) => String(name).startsWith(`${sender}.`))).toEqual(Array.from({ length: 100 }, (_, n) => `${sender}.${n}`))
    }
  })

  test('goes on after the database dropped its listener: everybody joins again, and hears what comes then', async () => {
    const person = await connected(account)
    const statuses: string[] = []
    const heard: unknown[] = []
    person.client.channel(topic(), { config: { private: true } })
      .on('broadcast', { event: 'account_changed' }, (message) => void heard.push(message.payload.n))
      .subscribe((status) => void statuses.push(status))
    await until(() => statuses.includes('SUBSCRIBED'))
    await stack.db.admin`select pg_terminate_backend(pid) from pg_stat_activity where datname = ${stack.db.name} and query ilike 'listen%'`
    await until(() => statuses.filter((status) => status === 'SUBSCRIBED').length === 2)
    await send('{"n": "after"}')
    await until(() => heard.includes('after'))
  })

  test('a refreshed token keeps a channel open past the end of the first', async () => {
    const person = await connected(account, 2)
    const statuses: string[] = []
    const heard: unknown[] = []
    person.client.channel(topic(), { config: { private: true } })
      .on('broadcast', { event: 'account_changed' }, (message) => void heard.push(message.payload.n))
      .subscribe((status) => void statuses.push(status))
    await until(() => statuses.includes('SUBSCRIBED'))
    await person.client.realtime.setAuth((await signedIn(stack, account)).token)
    const brief = await connected(account, 2)
    const ends: string[] = []
    brief.client.channel(topic(), { config: { private: true } }).subscribe((status) => void ends.push(status))
    await until(() => ends.includes('CLOSED'))
    await send('{"n": "still here"}')
    await until(() => heard.includes('still here'))
    expect(statuses).toEqual(['SUBSCRIBED'])
  })

  test('refuses a stranger, a public channel and a topic nobody owns', async () => {
    const join = (name: string, isPrivate: boolean) => subscribed(stranger.client.channel(name, { config: { private: isPrivate } }))
    expect(await join(topic(), true)).toBe('CHANNEL_ERROR')
    expect(await join('public-news', false)).toBe('CHANNEL_ERROR')
    expect(await join('anything:else', true)).toBe('CHANNEL_ERROR')
  })

  test('takes no broadcast from a browser, not even from a member', async () => {
    const heard = await listen(await connected(account))
    const channel = owner.client.getChannels()[0]
    await channel?.send({ type: 'broadcast', event: 'account_changed', payload: { n: 'forged' } })
    const insert = `insert into realtime.messages (topic, extension, private) values ('${topic()}', 'broadcast', true)`
    await expect(stack.db.asUser(account.userId).query(insert)).rejects.toMatchObject({ code: '42501' })
    await send('{"n": "true"}')
    await until(() => heard.length > 0)
    expect(heard).toEqual(['true'])
  })

  test('closes a channel when its token ends', async () => {
    const brief = await connected(account, 2)
    const statuses: string[] = []
    brief.client.channel(topic(), { config: { private: true } }).subscribe((status) => void statuses.push(status))
    await until(() => statuses.includes('CLOSED'))
    expect(statuses[0]).toBe('SUBSCRIBED')
  })

  test('refuses a socket with a wrong key', async () => {
    const client = createClient(stack.url, 'sb_publishable_wrong', { accessToken: () => Promise.resolve(owner.token) })
    expect(await subscribed(client.channel(topic(), { config: { private: true } }))).not.toBe('SUBSCRIBED')
    void client.realtime.disconnect()
  })

  test('a settled call is told on its campaign\'s and account\'s topic', async () => {
    const heard = await listen(await connected(account))
    await stack.db.sql`update engine.accounts set changed_at = private.now(), sent_at = null where account_id = ${account.accountId}`
    await stack.tick()
    await until(() => heard.length > 0)
  })

  /** A signed-in person whose socket carries their token; every call is another tab. */
  async function connected(given?: TestAccount, seconds?: number): Promise<Person> {
    const person = await signedIn(stack, given, seconds)
    await person.client.realtime.setAuth(person.token)
    people.push(person)
    return person
  }
})
