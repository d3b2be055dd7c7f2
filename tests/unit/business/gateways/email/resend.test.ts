import { describe, expect, it } from 'vitest'
import { createResend } from '../../../../../business/gateways/email/resend.ts'
import { createMailApi, MAIL_API_PATH } from '../../../../../supabase/local/mailApi.ts'
import type { Mail } from '../../../../../supabase/local/apiMail.ts'
import { always, startServer } from '../calls/vapi/localServer.ts'

const mail = { to: 'ada@example.com', subject: 'Hello', text: 'Text', html: '<p>Text</p>' }
const gatewayAt = (baseUrl: string) => createResend({ apiKey: 're_x', baseUrl, from: 'Outdial <billing@outdial.example>' })

describe('the mail service', () => {
  it('is sent one request with the key of the mail', async () => {
    const { url, requests } = await startServer(always(200, { id: 'mail-1' }))
    expect(await gatewayAt(`${url}/`).send(mail, 'outbox:7')).toEqual({ kind: 'sent', id: 'mail-1' })
    expect(requests).toHaveLength(1)
    expect(requests[0]).toMatchObject({ method: 'POST', url: '/emails', headers: { authorization: 'Bearer re_x', 'idempotency-key': 'outbox:7' } })
    expect(JSON.parse(requests[0]!.body)).toEqual({ from: 'Outdial <billing@outdial.example>', to: ['ada@example.com'], subject: 'Hello', text: 'Text', html: '<p>Text</p>' })
  })

  it.each([[422, 'refused'], [400, 'refused'], [401, 'unknown'], [403, 'unknown'], [409, 'unknown'], [429, 'unknown'], [500, 'unknown']])('answering %i is %s, without an address in its cause', async (status, kind) => {
    const { url } = await startServer(always(status, { name: 'some_error', message: 'about ada@example.com' }))
    expect(await gatewayAt(url).send(mail, 'k')).toEqual({ kind, cause: `HTTP ${status} some_error` })
  })

  it('that is silent is unknown', async () => {
    const { url } = await startServer((_request, response) => void response.destroy())
    expect(await gatewayAt(url).send(mail, 'k')).toMatchObject({ kind: 'unknown' })
  })
})

describe('the local stand-in', () => {
  const stage = () => {
    const delivered: Mail[] = []
    const answer = createMailApi('re_x', (one) => Promise.resolve(void delivered.push(one)))
    const send = (body: unknown, headers: Record<string, string> = {}) =>
      answer(new Request(`http://x${MAIL_API_PATH}/emails`, { method: 'POST', headers: { authorization: 'Bearer re_x', ...headers }, body: JSON.stringify(body) }))
    return { delivered, send }
  }
  const body = { from: 'a@example.com', ...mail }

  it('delivers once for one key, and refuses the key for another mail', async () => {
    const { delivered, send } = stage()
    const [first, second] = [await send(body, { 'idempotency-key': 'k' }), await send(body, { 'idempotency-key': 'k' })]
    expect(await second.json()).toEqual(await first.json())
    expect(delivered).toEqual([mail])
    expect((await send({ ...body, subject: 'Other' }, { 'idempotency-key': 'k' })).status).toBe(409)
  })

  it('asks for what the real one asks for', async () => {
    const { delivered, send } = stage()
    expect((await send(body, { authorization: 'Bearer other' })).status).toBe(401)
    for (const wrong of [{ ...body, from: '' }, { ...body, to: 'nobody' }, { ...body, text: '', html: '' }]) expect((await send(wrong)).status).toBe(422)
    expect(delivered).toEqual([])
  })
})
