import { describe, expect, it, vi } from 'vitest'
import { createErrorReporter, readDsn } from '../../../../../business/services/errors/errorReporter.ts'
import { scrub } from '../../../../../business/services/errors/scrub.ts'

const dsn = 'https://abc123@errors.example/deep/42'

function reporter(send: typeof fetch = vi.fn(() => Promise.resolve(new Response()))) {
  let at = 1_767_225_600_000
  const report = createErrorReporter({ dsn, platform: 'javascript', send, now: () => at, release: '1.0.0' })
  return { report, send, wait: (ms: number) => (at += ms) }
}
const eventOf = (send: typeof fetch) => JSON.parse(String(vi.mocked(send).mock.calls[0]![1]!.body).split('\n')[2]!) as { exception: { values: { type: string, value: string, stacktrace: { frames: { filename: string, function: string, lineno: number }[] } }[] }, tags: Record<string, string>, release: string }

describe('the error reporter', () => {
  it('reads where a DSN leads, and refuses what is none', () => {
    expect(readDsn(dsn)).toEqual({ endpoint: 'https://errors.example/deep/api/42/envelope/', key: 'abc123' })
    expect(readDsn('https://k@host.example/7').endpoint).toBe('https://host.example/api/7/envelope/')
    for (const wrong of ['https://host.example/7', 'https://k@host.example', 'ftp://k@host.example/7']) expect(() => readDsn(wrong)).toThrow('DSN')
  })

  it('sends kind, clean words and frames', async () => {
    const { report, send } = reporter()
    const error = new TypeError('No contact Ada for ada@example.com, +1 (202) 555-0142')
    error.stack = 'TypeError: x\n    at load (https://app.example/_nuxt/a.js?token=1:10:5)\n    at async Object.run (https://app.example/_nuxt/b.js:1:2)'
    await report(error, { request_id: '3f0a1ed8-6a3f-4d21-9f47-3f1f4c7c4d11', user: 'ada@example.com' })
    const { exception, tags, release } = eventOf(send)
    expect(exception.values[0]).toMatchObject({ type: 'TypeError', value: 'No contact Ada for [address], [number]' })
    expect(exception.values[0]!.stacktrace.frames).toEqual([{ filename: 'https://app.example/_nuxt/b.js', function: 'Object.run', lineno: 1, colno: 2 }, { filename: 'https://app.example/_nuxt/a.js', function: 'load', lineno: 10, colno: 5 }])
    expect([tags, release]).toEqual([{ request_id: '3f0a1ed8-6a3f-4d21-9f47-3f1f4c7c4d11', user: '[address]' }, '1.0.0'])
  })

  it('sends no more than ten a minute', async () => {
    const { report, send, wait } = reporter()
    for (let n = 0; n < 30; n += 1) await report(new Error('again'))
    expect(send).toHaveBeenCalledTimes(10)
    wait(61_000)
    await report(new Error('again'))
    expect(send).toHaveBeenCalledTimes(11)
  })

  it('fails nowhere when the tracker is away', async () => {
    await expect(reporter(vi.fn(() => Promise.reject(new Error('offline')))).report('odd')).resolves.toBeUndefined()
  })
})

describe('scrub', () => {
  it.each([
    ['duplicate key value violates unique constraint "one" DETAIL: Key (account_id, phone)=(7, +12025550142) already exists.', /\+1202|"one"/],
    ['invalid input "Ada Lovelace" at 5', /Ada/],
    ['Authorization: Bearer abc.def', /abc/],
    ['eyJhbGciOi.eyJzdWIi.sig is over', /eyJ/],
    ['sb_secret_1234567890abcdef leaked', /1234567890/],
    ['call 0049 30 901820 now', /901820/],
    [`said 'it isn\\'t Grace' there`, /Grace/],
  ])('%s', (text, never) => {
    expect(scrub(text)).not.toMatch(never)
  })

  it('keeps ids, codes and short numbers', () => {
    const text = 'call 3f0a1ed8-6a3f-4d21-9f47-3f1f4c7c4d11 failed with 502 after 10000 ms'
    expect(scrub(text)).toBe(text)
  })
})
