import { randomUUID } from 'node:crypto'
import { createClient, type SupabaseClient } from '@supabase/supabase-js'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openAccount, type TestAccount } from '../factories/account.ts'
import { createStack, type TestStack } from '../support/stack.ts'
import { signedIn } from '../support/people.ts'

const PASSWORD = 'Correct#horse7'

describe('the embedded stack behaves as hosted Supabase does', () => {
  let stack: TestStack
  const anon = () => createClient(stack.url, stack.identity.publishableKey, { auth: { persistSession: false, autoRefreshToken: false } })
  const service = () => createClient(stack.url, stack.identity.secretKey, { auth: { persistSession: false, autoRefreshToken: false } })
  beforeAll(async () => {
    stack = await createStack()
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

  test('a sign-up gets a mail, and its link confirms the address and leads back to the app', async () => {
    const email = `${randomUUID()}@example.com`
    const { error } = await anon().auth.signUp({ email, password: PASSWORD, options: { data: { name: 'Ada', company: 'Acme' } } })
    expect(error).toBeNull()
    expect((await anon().auth.signInWithPassword({ email, password: PASSWORD })).error?.code).toBe('email_not_confirmed')
    const link = /href="([^"]+verify[^"]+)"/.exec(stack.mails.at(-1)?.html ?? '')?.[1]?.replaceAll('&amp;', '&') ?? ''
    const answer = await fetch(link, { redirect: 'manual' })
    expect(answer.status).toBe(303)
    expect(answer.headers.get('location')).toMatch(new RegExp(`^${stack.url}.*#.*access_token=`))
    const { data } = await anon().auth.signInWithPassword({ email, password: PASSWORD })
    expect(data.user?.user_metadata).toMatchObject({ name: 'Ada', company: 'Acme' })
    const [row] = await stack.db.sql`select jsonb_typeof(raw_user_meta_data) as type from auth.users where email = ${email}`
    expect(row?.type).toBe('object')
  })

  test('a weak password is refused', async () => {
    const { error } = await anon().auth.signUp({ email: `${randomUUID()}@example.com`, password: 'password' })
    expect(error?.code).toBe('weak_password')
  })

  test('an error raised by a function arrives with its status, code and details', async () => {
    const { client } = await signedIn(stack)
    const { error, status } = await client.rpc('get_campaign', { campaign_id: randomUUID() })
    expect(status).toBe(404)
    expect(error).toMatchObject({ code: 'not_found' })
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

    test('a signed URL for another path is refused', async () => {
      const { data } = await service().storage.from('recordings').createSignedUrl(path, 60)
      const answer = await fetch((data?.signedUrl ?? '').replace('.wav?', '.mp3?'))
      expect(answer.status).toBeGreaterThanOrEqual(400)
    })
  })
})
