import { randomUUID } from 'node:crypto'
import { createClient, type SupabaseClient } from '@supabase/supabase-js'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openAccount, type TestAccount } from '../factories/account.ts'
import type { TestDatabase } from '../support/database.ts'
import { createStack, type TestStack } from '../support/stack.ts'
import { signedIn } from '../support/people.ts'

/** Functions that tell how a request is run. */
async function addProbes(db: TestDatabase): Promise<void> {
  await db.sql.unsafe(`
    create function public.longest_statement() returns text language sql stable set search_path = '' return current_setting('statement_timeout');
    create function public.nap(seconds double precision) returns text language plpgsql set search_path = '' as $$ begin perform pg_sleep(nap.seconds); return 'rested'; end $$;
    create function public.fail(code text) returns text language plpgsql set search_path = '' as $$ begin raise exception using errcode = fail.code, message = 'as asked', hint = 'none'; end $$;
    grant execute on function public.longest_statement(), public.nap(double precision), public.fail(text) to anon, authenticated, service_role`)
}

describe('the embedded stack behaves as hosted Supabase does', () => {
  let stack: TestStack
  const anon = () => createClient(stack.url, stack.identity.publishableKey, { auth: { persistSession: false, autoRefreshToken: false } })
  const service = () => createClient(stack.url, stack.identity.secretKey, { auth: { persistSession: false, autoRefreshToken: false } })
  beforeAll(async () => {
    stack = await createStack({ prepare: addProbes })
  })
  afterAll(() => stack.stop())

  test('a request without an api key is refused', async () => {
    expect((await fetch(`${stack.url}/rest/v1/plans`)).status).toBe(401)
    expect((await fetch(`${stack.url}/rest/v1/plans`, { headers: { apikey: 'sb_publishable_wrong' } })).status).toBe(401)
  })

  test('an outsider without a session reads no table and calls no function', async () => {
    expect((await anon().from('plans').select('id')).error?.code).toBe('42501')
    expect((await anon().rpc('my_accounts')).error).not.toBeNull()
  })

  test('an error raised by a function arrives with its status, code and details', async () => {
    const { client } = await signedIn(stack)
    const { error, status } = await client.rpc('get_campaign', { campaign_id: randomUUID() })
    expect(status).toBe(404)
    expect(error).toMatchObject({ code: 'not_found' })
  })

  test('a statement may last three seconds for anybody, eight for people and functions', async () => {
    const { client } = await signedIn(stack)
    const answers = await Promise.all([anon(), client, service()].map((asker) => asker.rpc('longest_statement')))
    expect(answers.map((answer) => answer.data)).toEqual(['3s', '8s', '8s'])
  })

  test('a statement that lasts longer is cancelled', async () => {
    const answer = await anon().rpc('nap', { seconds: 3.5 })
    expect(answer.error?.code).toBe('57014')
  })

  test.each([['P0001', 400], ['23514', 400], ['40P01', 500], ['55P03', 500], ['57014', 500], ['53300', 503], ['23505', 409], ['22023', 400]])(
    'the database error %s arrives with its code, and as HTTP %i', async (code, status) => {
      const answer = await service().rpc('fail', { code })
      expect([answer.status, answer.error]).toEqual([status, expect.objectContaining({ code, message: 'as asked' })])
    })

  test('the API grants nobody anything that the migrations did not', async () => {
    const grants = () => stack.db.sql`select table_schema, table_name, grantee, privilege_type from information_schema.role_table_grants
      where grantee in ('anon', 'authenticated') and table_schema in ('public', 'engine', 'private') order by 1, 2, 3, 4`
    const before = await grants()
    const { client } = await signedIn(stack)
    await client.rpc('my_accounts')
    await anon().from('plans').select('id')
    expect(await grants()).toEqual(before)
    expect(before.filter((grant) => grant.grantee === 'anon')).toEqual([])
  })

  test('a list is cut at a thousand rows', async () => {
    await stack.db.sql`insert into public.voices (id, name, provider, provider_ref, language) select 'v' || n, 'V', 'x', 'x', 'en' from generate_series(1, 1100) n`
    const { data } = await service().from('voices').select('id')
    expect(data).toHaveLength(1000)
  })

  describe('storage', () => {
    let account: TestAccount
    let client: SupabaseClient
    let path: string
    beforeAll(async () => {
      const person = await signedIn(stack)
      client = person.client
      account = await openAccount(stack.db)
      path = `${account.accountId}/${randomUUID()}.wav`
    })

    test('a Blob uploaded with the secret key can be played through a signed URL', async () => {
      const upload = await service().storage.from('recordings').upload(path, new Blob(['sound'], { type: 'audio/wav' }))
      expect(upload.error).toBeNull()
      const { data } = await service().storage.from('recordings').createSignedUrl(path, 60)
      const answer = await fetch(data?.signedUrl ?? '')
      expect([answer.status, await answer.text()]).toEqual([200, 'sound'])
    })

    test('a stranger gets no signed URL and no file', async () => {
      expect((await client.storage.from('recordings').createSignedUrl(path, 60)).error).not.toBeNull()
      expect((await client.storage.from('recordings').download(path)).error).not.toBeNull()
    })

    test.each([
      ['bytes=1-3', 206, 'oun', 'bytes 1-3/5'], ['bytes=3-', 206, 'nd', 'bytes 3-4/5'], ['bytes=-2', 206, 'nd', 'bytes 3-4/5'],
      ['bytes=0-99', 206, 'sound', 'bytes 0-4/5'], ['bytes=9-', 416, '', 'bytes */5'], ['lines=1-2', 200, 'sound', null],
    ])('a player that asks for %s gets that part', async (range, status, text, contentRange) => {
      const { data } = await service().storage.from('recordings').createSignedUrl(path, 60)
      const answer = await fetch(data?.signedUrl ?? '', { headers: { range } })
      expect([answer.status, await answer.text(), answer.headers.get('content-range')]).toEqual([status, text, contentRange])
    })

    test('a signed URL for another path is refused', async () => {
      const { data } = await service().storage.from('recordings').createSignedUrl(path, 60)
      const answer = await fetch((data?.signedUrl ?? '').replace('.wav?', '.mp3?'))
      expect(answer.status).toBeGreaterThanOrEqual(400)
    })
  })
})
