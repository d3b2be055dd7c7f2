/** Somebody with a login of their own and curl, against an account that is not theirs: tables, filters, embedding, writes, files, links. */
import { createHmac } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addMember, openAccount, type TestAccount } from '../factories/account.ts'
import { openFullAccount, type FullAccount } from '../factories/everything.ts'
import { signedIn, type Person } from '../support/people.ts'
import { createStack, type TestStack } from '../support/stack.ts'

describe('an outsider with a session', () => {
  let stack: TestStack
  let victim: FullAccount
  let own: TestAccount
  let outsider: Person
  let viewer: Person
  let tables: { name: string, columns: string[] }[]
  beforeAll(async () => {
    stack = await createStack()
    victim = await openFullAccount(stack.db)
    own = await openAccount(stack.db)
    outsider = await signedIn(stack, own)
    viewer = await signedIn(stack, await addMember(stack.db, victim, 'viewer'))
    await stack.db.admin`insert into storage.objects (bucket_id, name) values ('recordings', ${`${victim.accountId}/${victim.callId}.mp3`})`
    await stack.db.sql`update public.calls set recording_path = ${`${victim.accountId}/${victim.callId}.mp3`} where id = ${victim.callId}`
    tables = await stack.db.sql`select c.relname as name, array_agg(a.attname::text) as columns from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
      where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' group by 1 order by 1`
  })
  afterAll(() => stack.stop())

  const ask = (path: string, init: RequestInit & { headers?: Record<string, string> } = {}, { token }: { token: string } = outsider) => fetch(`${stack.url}${path}`,
    { ...init, headers: { apikey: stack.identity.publishableKey, authorization: `Bearer ${token}`, 'content-type': 'application/json', ...init.headers } })
  const write = (path: string, method: string, body: object, person?: Person) => ask(`/rest/v1/${path}`, { method, body: JSON.stringify(body), headers: { prefer: 'return=representation' } }, person)

  test('finds no row of the account in any table, by its id, by a filter, or by leaving all filters out', async () => {
    for (const { name, columns } of tables.filter(({ columns }) => columns.includes('account_id'))) {
      for (const query of [`account_id=eq.${victim.accountId}`, `account_id=in.(${victim.accountId},${own.accountId})`, `or=(account_id.eq.${victim.accountId},account_id.not.is.null)`, '']) {
        const answer = await ask(`/rest/v1/${name}?select=account_id&${query}`)
        const rows = answer.ok ? await answer.json() as { account_id: string }[] : []
        expect([name, query, answer.status < 500, rows.filter(({ account_id }) => account_id === victim.accountId)]).toEqual([name, query, true, []])
        expect(columns).toContain('account_id')
      }
    }
  })

  test('reaches nothing by embedding, from the tables that everybody reads', async () => {
    for (const path of ['plans?select=id,accounts(id,name)', 'voices?select=id,assistant_versions(instructions)', 'accounts?select=id,members(user_id),calls(id),ledger_entries(id),contacts(phone)', 'role_permissions?select=role,members(user_id)']) {
      const answer = await ask(`/rest/v1/${path}`)
      expect([path, answer.status < 500]).toEqual([path, true])
      expect(await answer.text()).not.toContain(victim.accountId)
    }
  })

  test('writes into no table, whichever columns are named; nor does a member beyond the commands', async () => {
    const injected = { account_id: victim.accountId, id: victim.accountId, user_id: outsider.userId, role: 'owner', balance_seconds: 1_000_000, name: 'mine', status: 'active', status_reason: null }
    for (const { name, columns } of tables) {
      const known = Object.entries(injected).filter(([column]) => columns.includes(column))
      const body = Object.fromEntries(known.length > 0 ? known : [[columns[0]!, null]])
      const filter = columns.includes('account_id') ? `account_id=eq.${victim.accountId}` : columns.includes('id') ? 'id=not.is.null' : `${columns[0]}=not.is.null`
      for (const person of [outsider, viewer]) {
        for (const [method, path] of [['POST', name], ['PATCH', `${name}?${filter}`], ['DELETE', `${name}?${filter}`]] as const) {
          const answer = await write(path, method, body, person)
          expect([method, name, [400, 401, 403, 404, 405].includes(answer.status)], await answer.text()).toEqual([method, name, true])
        }
      }
    }
    const [account] = await stack.db.sql`select a.name <> 'mine' as is_unchanged, (select count(*)::int from public.members m where m.account_id = a.id) as members from public.accounts a where a.id = ${victim.accountId}`
    expect(account).toEqual({ is_unchanged: true, members: 2 })
  })

  test('is known by no schema but public', async () => {
    for (const profile of ['engine', 'private', 'auth', 'storage', 'vault']) {
      const answer = await ask('/rest/v1/accounts?select=*', { headers: { 'accept-profile': profile, 'content-profile': profile } })
      expect([profile, answer.ok && (await answer.json() as unknown[]).length > 1]).toEqual([profile, false])
    }
    for (const path of ['rpc/spend_requests', 'rpc/claim_calls', 'rpc/record_dial', 'rpc/post_entry', 'rpc/suspend_account']) expect([path, (await write(path, 'POST', {})).status >= 400]).toEqual([path, true])
  })

  describe('of files', () => {
    const file = () => `${victim.accountId}/${victim.callId}.mp3`
    const paths = () => [file(), `${own.accountId}/../${file()}`, `../recordings/${file()}`, `..%2frecordings%2f${file()}`, `${own.accountId}/%2e%2e/${file()}`, `//${file()}`, `./${file()}`, `${file()}%00.mp3`, '../../identity.json', '..%2f..%2fidentity.json']

    test('plays, signs, writes, moves and deletes none, however the path is written', async () => {
      for (const path of paths()) {
        const attempts: [string, RequestInit][] = [
          [`object/recordings/${path}`, { method: 'GET' }], [`object/authenticated/recordings/${path}`, { method: 'GET' }], [`object/public/recordings/${path}`, { method: 'GET' }],
          [`object/sign/recordings/${path}`, { method: 'POST', body: '{"expiresIn": 60}' }], [`object/recordings/${path}`, { method: 'POST', body: 'mine' }],
          [`object/recordings/${path}`, { method: 'PUT', body: 'mine' }], [`object/recordings/${path}`, { method: 'DELETE' }],
          ['object/move', { method: 'POST', body: JSON.stringify({ bucketId: 'recordings', sourceKey: path, destinationKey: 'mine.mp3' }) }],
          ['object/copy', { method: 'POST', body: JSON.stringify({ bucketId: 'recordings', sourceKey: path, destinationKey: 'mine.mp3' }) }],
        ]
        for (const [at, init] of attempts) {
          const answer = await ask(`/storage/v1/${at}`, init as RequestInit & { headers?: Record<string, string> })
          expect([init.method, at, answer.ok], await answer.text()).toEqual([init.method, at, false])
        }
      }
      const names = (await stack.db.admin`select name from storage.objects where bucket_id = 'recordings'`).map(({ name }) => name as string)
      expect(names).toEqual([file()])
    })

    test('lists none, and makes no bucket', async () => {
      const listed = await ask('/storage/v1/object/list/recordings', { method: 'POST', body: JSON.stringify({ prefix: '', limit: 100 }) })
      expect(listed.ok ? await listed.json() : []).toEqual([])
      expect((await ask('/storage/v1/bucket', { method: 'POST', body: JSON.stringify({ name: 'mine', public: true }) })).ok).toBe(false)
      expect((await ask('/storage/v1/bucket/recordings', { method: 'PUT', body: JSON.stringify({ id: 'recordings', public: true }) })).ok).toBe(false)
      expect((await stack.db.admin`select id from storage.buckets where public or id = 'mine'`)).toHaveLength(0)
    })
  })

  describe('with a token that was changed', () => {
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
    const claims = (more: object = {}) => ({ sub: victim.userId, role: 'authenticated', aud: 'authenticated', exp: Math.floor(Date.now() / 1000) + 3600, ...more })
    const signed = (head: object, body: object, secret: string) => {
      const text = `${part(head)}.${part(body)}`
      return `${text}.${createHmac('sha256', secret).update(text).digest('base64url')}`
    }
    const forged = (): Record<string, string> => ({
      'without a signature': `${part({ alg: 'none', typ: 'JWT' })}.${part(claims())}.`,
      'signed by the public key': signed({ alg: 'HS256', typ: 'JWT' }, claims(), stack.identity.publishableKey),
      'signed by nothing': signed({ alg: 'HS256', typ: 'JWT' }, claims(), ''),
      'of another person under the own signature': `${outsider.token.split('.')[0]}.${part(claims())}.${outsider.token.split('.')[2]}`,
      'of the mighty role under the own signature': `${outsider.token.split('.')[0]}.${part(claims({ role: 'service_role' }))}.${outsider.token.split('.')[2]}`,
      'that has ended': signed({ alg: 'HS256', typ: 'JWT' }, claims({ exp: 1 }), stack.identity.jwtSecret),
      'of a role that nobody has': signed({ alg: 'HS256', typ: 'JWT' }, claims({ role: 'supabase_admin' }), stack.identity.jwtSecret),
    })

    test('reads nothing and is let through no function', async () => {
      for (const [what, token] of Object.entries(forged())) {
        const rows = await ask('/rest/v1/accounts?select=id', {}, { token })
        expect([what, rows.ok && (await rows.text()).includes(victim.accountId)]).toEqual([what, false])
        const called = await ask('/functions/v1/end-call', { method: 'POST', body: JSON.stringify({ call_id: victim.callId }) }, { token })
        expect([what, called.status]).toEqual([what, 401])
      }
    })
  })
})
