/** What PostgREST promises its callers: who gets in, for how long, how much, and how a refusal is worded. */
import { randomUUID } from 'node:crypto'
import { createClient, type SupabaseClient } from '@supabase/supabase-js'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { signedIn, type Person } from '../support/people.ts'
import { createStack, type TestStack } from '../support/stack.ts'
import { addProbes } from './restProbes.ts'

describe('REST behaves as with hosted Supabase', () => {
  let stack: TestStack
  let person: Person
  const withKey = (key: string): SupabaseClient => createClient(stack.url, key, { auth: { persistSession: false, autoRefreshToken: false } })
  const anon = () => withKey(stack.identity.publishableKey)
  const service = () => withKey(stack.identity.secretKey)
  /** A request as the signed-in person, by hand. */
  const ask = (path: string, init: RequestInit & { headers?: Record<string, string> } = {}, token = person.token) => fetch(`${stack.url}/rest/v1/${path}`,
    { ...init, headers: { apikey: stack.identity.publishableKey, authorization: `Bearer ${token}`, 'content-type': 'application/json', ...init.headers } })
  const post = (body: unknown, headers: Record<string, string> = {}) => ({ method: 'POST', body: JSON.stringify(body), headers })
  const told = async (answer: Response) => [answer.status, ((await answer.json()) as { code?: string }).code]
  beforeAll(async () => {
    stack = await createStack({ prepare: addProbes })
    person = await signedIn(stack)
  })
  afterAll(() => stack.stop())

  describe('who gets in', () => {
    test('a request without a key, with a wrong one, or with a key that is only its token, is refused', async () => {
      const attempts: Record<string, string>[] = [{}, { apikey: 'sb_publishable_wrong' }, { authorization: `Bearer ${stack.identity.secretKey}` }]
      for (const headers of attempts) {
        for (const path of ['rest/v1/parents', 'rest/v1/rpc/longest_statement', 'auth/v1/user']) {
          expect([path, (await fetch(`${stack.url}/${path}`, { headers })).status]).toEqual([path, 401])
        }
      }
    })

    test('a token that has ended, or that we did not sign, is no token', async () => {
      expect(await told(await ask('parents', {}, (await signedIn(stack, undefined, -1)).token))).toEqual([401, 'PGRST303'])
      const [head, body] = person.token.split('.')
      expect(await told(await ask('parents', {}, `${head}.${body}.${'A'.repeat(43)}`))).toEqual([401, 'PGRST301'])
      const unsigned = Buffer.from('{"alg":"none","typ":"JWT"}').toString('base64url')
      expect((await ask('parents', {}, `${unsigned}.${body}.`)).status).toBe(401)
    })

    test('an outsider without a session reads no table and calls no function', async () => {
      expect((await anon().from('plans').select('id')).error?.code).toBe('42501')
      const { error, status } = await anon().rpc('my_accounts')
      expect([status, error?.code]).toEqual([401, '42501'])
    })

    test('a person is known to policies and functions by the token', async () => {
      const { data } = await person.client.rpc('who_am_i')
      expect(data).toEqual({ id: person.userId, role: 'authenticated', claimed: person.userId, acts_as: 'authenticated' })
      expect((await service().rpc('who_am_i')).data).toMatchObject({ id: null, role: 'service_role', acts_as: 'service_role' })
    })

    test('a function hears what was asked, and nothing of what an earlier one answered', async () => {
      const answer = await ask('rpc/what_was_asked', post({}, { 'user-agent': 'a test' }))
      expect(await answer.json()).toEqual({ method: 'POST', path: '/rpc/what_was_asked', agent: 'a test', answered: '' })
    })

    test('statements stay prepared, so that asking again takes one round trip each', async () => {
      for (let turn = 0; turn < 2; turn++) await person.client.rpc('who_am_i')
      const { data } = await person.client.rpc('kept_statements')
      expect(data).toEqual(expect.arrayContaining([expect.stringContaining('request.jwt.claims'), expect.stringContaining('request.method')]))
    })

    test('only the schema public is exposed', async () => {
      const hidden = [{ headers: { 'accept-profile': 'hidden' } }, post({ id: 1 }, { 'content-profile': 'hidden' })]
      for (const init of hidden) expect(await told(await ask('things', init))).toEqual([406, 'PGRST106'])
      for (const schema of ['auth', 'storage', 'engine', 'private', 'vault']) {
        expect((await ask('users', { headers: { 'accept-profile': schema } })).status).toBe(406)
      }
      expect(await told(await ask('hidden.things'))).toEqual([404, 'PGRST205'])
    })

    test('the API grants nobody anything that the migrations did not', async () => {
      const grants = () => stack.db.sql`select table_schema, table_name, grantee, privilege_type from information_schema.role_table_grants
        where grantee in ('anon', 'authenticated') and table_schema in ('public', 'engine', 'private') order by 1, 2, 3, 4`
      const before = await grants()
      await person.client.rpc('my_accounts')
      await anon().from('plans').select('id')
      expect(await grants()).toEqual(before)
      expect(before.filter((grant) => grant.grantee === 'anon')).toEqual([])
    })
  })

  describe('how long and how much', () => {
    test('a statement may last three seconds for anybody, eight for people and functions', async () => {
      const answers = await Promise.all([anon(), person.client, service()].map((asker) => asker.rpc('longest_statement')))
      expect(answers.map((answer) => answer.data)).toEqual(['3s', '8s', '8s'])
    })

    test('a statement that lasts longer is cancelled', async () => {
      const { error, status } = await anon().rpc('nap', { seconds: 3.5 })
      expect([status, error?.code]).toEqual([500, '57014'])
    })

    test.each(['voices', 'many', 'rpc/many_rows', 'rpc/many_numbers'])('a list is cut at a thousand rows: %s', async (path) => {
      await stack.db.sql`insert into public.voices (id, name, provider, provider_ref, language)
        select 'v' || n, 'V', 'x', 'x', 'en' from generate_series(1, 1100) n on conflict do nothing`
      for (const suffix of ['', '?limit=5000']) {
        const rows = await (await ask(path + suffix, path.startsWith('rpc') ? post({}) : {})).json() as unknown[]
        expect(rows).toHaveLength(1000)
      }
    })

    test('a page says which rows it holds, and of how many when asked', async () => {
      const page = await ask('many?select=n&order=n', { headers: { range: '10-12', 'range-unit': 'items' } })
      expect([page.status, page.headers.get('content-range'), await page.json()]).toEqual([200, '10-12/*', [{ n: 11 }, { n: 12 }, { n: 13 }]])
      const { count, data, status } = await person.client.from('many').select('n', { count: 'exact' }).limit(2)
      expect([status, count, data?.length]).toEqual([206, 1100, 2])
      expect((await person.client.from('many').select('n', { count: 'exact', head: true })).count).toBe(1100)
      expect(await told(await ask('many?offset=5000&limit=10', { headers: { prefer: 'count=exact' } }))).toEqual([416, 'PGRST103'])
    })
  })

  describe('values', () => {
    test('arrive as Postgres itself writes JSON', async () => {
      const given = { id: 1, name: 'Ada', price: 1.5, ids: [randomUUID()], doc: { a: [1, { b: null }], c: 'é"\\' }, born: '2026-03-01T12:00:00.25+02:00', noted: '2026-03-01T12:00:00' }
      const answer = await ask('parents', post(given, { prefer: 'return=representation' }))
      expect([answer.status, await answer.json()]).toEqual([201, [{ ...given, born: '2026-03-01T10:00:00.25+00:00' }]])
    })

    test.each([['price_of', 1.5], ['rows_of_prices', [{ price: 1.5 }, { price: 10 }]], ['moment_of', '2026-03-01T10:00:00+00:00'], ['nothing', null]])(
      '%s answers %j', async (name, expected) => {
        expect((await person.client.rpc(name)).data).toEqual(expected)
      })

    test.each([[{ a: [1, { b: null }] }, 'object'], [[1, 'x', []], 'array'], [7, 'number'], [true, 'boolean'], [null, null], [{}, 'object'], [[], 'array']])(
      'the JSON argument %j arrives as it was sent', async (doc, kind) => {
        const words = ['a,b', '{c}', '"d"', '']
        const { data } = await person.client.rpc('echo', { doc, words, ids: [person.userId] })
        expect(data).toEqual({ doc, kind, words, ids: [person.userId] })
      })

    test('an answer to a command that returns nothing has no body', async () => {
      const answer = await ask('rpc/nothing', post({}))
      expect([answer.status, await answer.text()]).toEqual([204, ''])
    })
  })

  describe('refusals', () => {
    test.each([['P0001', 400], ['23514', 400], ['40P01', 500], ['55P03', 500], ['57014', 500], ['53300', 503], ['23505', 409], ['22023', 400], ['42P01', 404], ['42883', 404],
      ['PT402', 402], ['PT409', 409], ['P0002', 500], ['25006', 405], ['42501', 403]])('the database error %s arrives with its code, and as HTTP %i', async (code, status) => {
      const answer = await service().rpc('fail', { code })
      expect([answer.status, answer.error]).toEqual([status, expect.objectContaining({ code, message: 'as asked' })])
    })

    test('an error worded by a function arrives with its status, headers, code and details', async () => {
      const answer = await ask('rpc/fail_worded', post({}))
      expect([answer.status, answer.headers.get('x-reason'), await answer.json()]).toEqual([402, 'minutes', { code: 'no_minutes', message: 'None are left.', details: '{"left":0}', hint: null }])
      const { error, status } = await person.client.rpc('get_campaign', { campaign_id: randomUUID() })
      expect([status, error?.code]).toEqual([404, 'not_found'])
    })

    test.each<[string, string, RequestInit & { headers?: Record<string, string> }, [number, string]]>([
      ['a value that is there already', 'parents', post({ id: 50, name: 'Taken' }), [409, '23505']],
      ['a value that refers to nothing', 'children', post({ id: 1, parent_id: 999 }), [409, '23503']],
      ['a value that is missing', 'parents', post({ id: 51 }), [400, '23502']],
      ['a value that is not allowed', 'parents', post({ id: 52, name: 'B', price: -1 }), [400, '23514']],
      ['a row that row level security refuses', 'walled', post({ id: 2 }), [403, '42501']],
      ['a table without a grant', 'plans', post({ id: 'x' }), [403, '42501']],
      ['a text where a number belongs', 'parents?id=eq.abc', {}, [400, '22P02']],
      ['an unknown column', 'parents?nope=eq.1', {}, [400, '42703']],
      ['an unknown column to write', 'parents', post({ id: 53, nope: 1 }), [400, 'PGRST204']],
      ['an unknown operator', 'parents?id=zz.1', {}, [400, 'PGRST100']],
      ['an unknown table', 'nowhere', {}, [404, 'PGRST205']],
      ['an unknown function', 'rpc/nowhere', post({}), [404, 'PGRST202']],
      ['an unknown argument', 'rpc/echo', post({ nope: 1 }), [404, 'PGRST202']],
      ['a body that is no JSON', 'parents', { method: 'POST', body: '{"a":' }, [400, 'PGRST102']],
      ['one row that is none', 'parents?id=eq.999', { headers: { accept: 'application/vnd.pgrst.object+json' } }, [406, 'PGRST116']],
      ['one row that is two', 'pair', { headers: { accept: 'application/vnd.pgrst.object+json' } }, [406, 'PGRST116']],
    ])('%s is refused', async (_what, path, init, refusal) => {
      expect(await told(await ask(path, init))).toEqual(refusal)
    })

    test('row level security hides what it does not show, and changes nothing there', async () => {
      const change = { method: 'PATCH', body: '{"id": 9}', headers: { prefer: 'return=representation' } }
      for (const init of [{}, change]) {
        const answer = await ask('walled', init)
        expect([answer.status, await answer.json()]).toEqual([200, []])
      }
      expect(await stack.db.sql`select id from public.walled`).toEqual([{ id: 1 }])
    })
  })
})
