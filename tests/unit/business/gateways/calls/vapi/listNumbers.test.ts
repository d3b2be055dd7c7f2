import { describe, expect, it } from 'vitest'
import { createVapiNumbers } from '../../../../../../business/gateways/calls/vapi/listNumbers.ts'
import { always, startServer } from './localServer.ts'

const row = (changes: object = {}) => ({ id: 'n1', orgId: 'org', provider: 'twilio', number: '+12025550101', name: 'Sales', ...changes })

async function ask(status: number, body: unknown) {
  const server = await startServer(always(status, typeof body === 'string' ? body : JSON.stringify(body)))
  return { answer: await createVapiNumbers({ baseUrl: `${server.url}/` }).listNumbers('secret-key'), requests: server.requests }
}

describe('listNumbers', () => {
  it('asks once, with the key', async () => {
    const { answer, requests } = await ask(200, [row(), row({ id: 'n2', number: '+442071838750', name: undefined })])
    expect(answer).toEqual({ kind: 'listed', listing: { customer_ref: 'org', numbers: [{ provider_ref: 'n1', e164: '+12025550101', label: 'Sales' }, { provider_ref: 'n2', e164: '+442071838750', label: '' }] } })
    expect(requests).toHaveLength(1)
  })

  it.each([['no number', row({ number: undefined })], ['a SIP address', row({ number: 'sip:someone@example.com' })], ['no id', row({ id: '' })], ['no object', 'x'], ['an extension', row({ number: '+1 202 555 0101 x9' })]])('leaves out %s', async (_what, entry) => {
    expect((await ask(200, [row(), entry])).answer).toMatchObject({ listing: { numbers: [{ provider_ref: 'n1' }] } })
  })

  it('cuts long names and long lists', async () => {
    const { answer } = await ask(200, Array.from({ length: 300 }, (_, index) => row({ id: `n${index}`, name: 'x'.repeat(100) })))
    expect(answer.kind === 'listed' && [answer.listing.numbers.length, answer.listing.numbers[0]?.label.length]).toEqual([200, 40])
  })

  it.each([401, 403])('says refused for %i, whatever the words', async (status) => {
    expect((await ask(status, '<html>no</html>')).answer).toEqual({ kind: 'refused' })
  })

  it.each([[404, '{}', 'HTTP 404'], [429, '{}', 'HTTP 429'], [502, '<html>', 'HTTP 502'], [302, '', 'HTTP 302'], [200, '{"results": []}', 'an answer without a list'], [200, 'not json', 'an answer without a list']])(
    'is unsure of %i with %s', async (status, body, cause) => {
      expect((await ask(status, body)).answer).toEqual({ kind: 'unsure', cause })
    })

  it('is unsure when nobody answers, and tells no key', async () => {
    expect(await createVapiNumbers({ baseUrl: 'http://127.0.0.1:9' }).listNumbers('secret-key')).toEqual({ kind: 'unsure', cause: 'TypeError' })
  })
})
