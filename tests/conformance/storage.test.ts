/** Files as with hosted Storage: what storage-js sends, who may read and write, addresses that are signed, parts of a file. */
import { createHmac, randomUUID } from 'node:crypto'
import { createClient } from '@supabase/supabase-js'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openAccount } from '../factories/account.ts'
import { signedIn, type Person } from '../support/people.ts'
import { createStack, type TestStack } from '../support/stack.ts'

describe('storage behaves as with hosted Supabase', () => {
  let stack: TestStack
  let owner: Person
  let stranger: Person
  const withKey = (key: string) => createClient(stack.url, key, { auth: { persistSession: false, autoRefreshToken: false } })
  const anon = () => withKey(stack.identity.publishableKey)
  const service = () => withKey(stack.identity.secretKey)
  const sound = () => new Blob(['sound'], { type: 'audio/wav' })
  beforeAll(async () => {
    stack = await createStack({ prepare: async (db) => void await db.sql.unsafe(`
      insert into storage.buckets (id, name, public) values ('notes', 'notes', false), ('open', 'open', true);
      insert into storage.buckets (id, name, public, file_size_limit, allowed_mime_types) values ('tiny', 'tiny', false, 4, '{audio/wav}');
      create policy "Everybody reads the own notes" on storage.objects for select to authenticated
        using (bucket_id = 'notes' and (storage.foldername(name))[1] = auth.uid()::text);
      create policy "Everybody writes the own notes" on storage.objects for insert to authenticated
        with check (bucket_id = 'notes' and (storage.foldername(name))[1] = auth.uid()::text)`) })
    owner = await signedIn(stack, await openAccount(stack.db))
    stranger = await signedIn(stack)
  })
  afterAll(() => stack.stop())

  /** An address of a fresh file of the owner, with what it ends with. */
  async function signed(seconds = 60): Promise<{ path: string, url: string }> {
    const path = `${owner.userId}/${randomUUID()}.wav`
    expect((await owner.client.storage.from('notes').upload(path, sound())).error).toBeNull()
    const { data } = await owner.client.storage.from('notes').createSignedUrl(path, seconds)
    return { path, url: data?.signedUrl ?? '' }
  }

  test('a Blob uploaded by storage-js is played through a signed address, by anybody who has it', async () => {
    const { url } = await signed()
    expect(url).toMatch(new RegExp(`^${stack.url}/storage/v1/object/sign/notes/`))
    const answer = await fetch(url)
    expect([answer.status, answer.headers.get('content-type'), await answer.text()]).toEqual([200, 'audio/wav', 'sound'])
  })

  test.each(['a b/ü.wav', 'plus+and&and=.wav', 'deep/er/still.wav'])('the name %s is kept', async (name) => {
    const path = `${owner.userId}/${name}`
    expect((await owner.client.storage.from('notes').upload(path, sound())).data?.path).toBe(path)
    expect(await (await owner.client.storage.from('notes').download(path)).data?.text()).toBe('sound')
  })

  test('an upload says what it is, and replaces only when asked', async () => {
    const path = `${randomUUID()}.wav`
    const bucket = service().storage.from('recordings')
    expect((await bucket.upload(path, new TextEncoder().encode('first'), { contentType: 'audio/mpeg' })).error).toBeNull()
    expect((await bucket.upload(path, sound())).error).toMatchObject({ statusCode: '409' })
    expect((await bucket.upload(path, sound(), { upsert: true })).error).toBeNull()
    const { data } = await bucket.download(path)
    expect([data?.type, await data?.text()]).toEqual(['audio/wav', 'sound'])
  })

  test('a stranger, a visitor and another account read nothing, sign nothing, write nothing, delete nothing', async () => {
    const { path } = await signed()
    for (const other of [stranger.client, anon(), (await signedIn(stack, await openAccount(stack.db))).client]) {
      const bucket = other.storage.from('notes')
      expect((await bucket.download(path)).error).not.toBeNull()
      expect((await bucket.createSignedUrl(path, 60)).error).not.toBeNull()
      expect((await bucket.upload(`${owner.userId}/planted.wav`, sound())).error).toMatchObject({ statusCode: '403' })
      expect((await bucket.update(path, sound())).error).not.toBeNull()
      expect((await bucket.remove([path])).data).toEqual([])
    }
    expect(await (await owner.client.storage.from('notes').download(path)).data?.text()).toBe('sound')
  })

  test('a private bucket is not public, with or without a key', async () => {
    const { path } = await signed()
    for (const way of ['public/notes', 'authenticated/notes', 'notes', 'info/notes']) {
      for (const headers of [{}, { apikey: stack.identity.publishableKey }]) {
        const answer = await fetch(`${stack.url}/storage/v1/object/${way}/${path}`, { headers: headers as Record<string, string> })
        expect(answer.status, way).toBeGreaterThanOrEqual(400)
        expect(await answer.text()).not.toContain('sound')
      }
    }
  })

  test('a public bucket is', async () => {
    const bucket = service().storage.from('open')
    await bucket.upload('logo.txt', new Blob(['logo']))
    expect(await (await fetch(bucket.getPublicUrl('logo.txt').data.publicUrl)).text()).toBe('logo')
  })

  test.each([['too large', new Blob(['12345'], { type: 'audio/wav' }), '413'], ['of another kind', new Blob(['123'], { type: 'text/html' }), '415']])(
    'a bucket refuses a file that is %s', async (_what, file, statusCode) => {
      expect((await service().storage.from('tiny').upload(`${randomUUID()}.wav`, file)).error).toMatchObject({ statusCode })
    })

  describe('a signed address', () => {
    const tokenOf = (url: string) => new URL(url).searchParams.get('token') ?? ''
    const withToken = (url: string, token: string) => `${url.split('?')[0]}?token=${token}`
    const statusOf = async (url: string) => (await fetch(url)).status
    /** The same claims with another end, signed by the given secret. */
    const resigned = (url: string, exp: number, secret: string) => {
      const [head, body = ''] = tokenOf(url).split('.')
      const claims = Buffer.from(JSON.stringify({ ...JSON.parse(Buffer.from(body, 'base64url').toString()) as object, exp })).toString('base64url')
      return `${head}.${claims}.${createHmac('sha256', secret).update(`${head}.${claims}`).digest('base64url')}`
    }
    const now = () => Math.floor(Date.now() / 1000)

    test('that has ended, was tampered with or signed by another is refused as such', async () => {
      const { url } = await signed()
      expect(await statusOf(withToken(url, resigned(url, now() + 9, stack.identity.jwtSecret)))).toBe(200)
      const ended = resigned(url, now() - 1, stack.identity.jwtSecret)
      const foreign = resigned(url, now() + 9, 'another secret')
      for (const token of [ended, foreign, `${tokenOf(url).slice(0, -4)}AAAA`, 'nonsense', '']) {
        const answer = await fetch(withToken(url, token))
        expect([answer.status, await answer.json()]).toEqual([400, expect.objectContaining({ error: 'InvalidJWT' })])
      }
    })

    test('is worth nothing for another file, in another bucket, or without its token', async () => {
      const [one, other] = [await signed(), await signed()]
      for (const url of [withToken(other.url, tokenOf(one.url)), one.url.replace('/notes/', '/recordings/'), one.url.split('?')[0] ?? '']) {
        const status = await statusOf(url)
        expect([400, 403]).toContain(status)
      }
    })

    test('cannot be had by a session\'s token, and its token is no session', async () => {
      const { url } = await signed()
      expect([400, 403]).toContain(await statusOf(withToken(url, owner.token)))
      const answer = await fetch(`${stack.url}/rest/v1/rpc/my_accounts`, { method: 'POST', body: '{}',
        headers: { apikey: stack.identity.publishableKey, authorization: `Bearer ${tokenOf(url)}`, 'content-type': 'application/json' } })
      expect(answer.status).toBe(401)
    })

    test.each([
      ['bytes=1-3', 206, 'oun', 'bytes 1-3/5'], ['bytes=3-', 206, 'nd', 'bytes 3-4/5'], ['bytes=-2', 206, 'nd', 'bytes 3-4/5'],
      ['bytes=0-99', 206, 'sound', 'bytes 0-4/5'], ['bytes=9-', 416, '', 'bytes */5'], ['lines=1-2', 200, 'sound', null],
    ])('gives a player that asks for %s that part', async (range, status, text, contentRange) => {
      const answer = await fetch((await signed()).url, { headers: { range } })
      expect([answer.status, await answer.text(), answer.headers.get('content-range')]).toEqual([status, text, contentRange])
      expect(answer.headers.get('accept-ranges') ?? 'bytes').toBe('bytes')
    })
  })
})
