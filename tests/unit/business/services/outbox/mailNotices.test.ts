import { describe, expect, it, vi } from 'vitest'
import type { EmailAnswer } from '../../../../../business/gateways/email/emailGateway.ts'
import type { NoticeMail } from '../../../../../business/models/noticeMail.ts'
import { mailNotices } from '../../../../../business/services/outbox/mailNotices.ts'

const told: NoticeMail = {
  to: 'ada@example.com', account_name: 'Engines', time_zone: 'UTC', format_style: 'american', count: 1, topics: [], token: 't',
  notices: [{ kind: 'low_balance', campaign_id: null, campaign_name: null, import_id: null, file_name: null, details: {}, created_at: '2026-11-21T19:05:00Z' }],
}
const job = { account_id: 'a', user_id: 'u', notice_ids: ['n'] }

function run({ answer = { kind: 'sent', id: 'm' } as EmailAnswer, mail = told as NoticeMail | null, isSet = true, appUrl = 'https://app.example' }) {
  const send = vi.fn(async () => answer)
  const getNoticeMail = vi.fn(async () => mail)
  const result = mailNotices({ email: isSet ? { send } : null, outbox: { getNoticeMail }, appUrl, unsubscribeUrl: 'https://api.example/u' }, job, 7)
  return { result, send, getNoticeMail }
}

describe('a job that mails notices', () => {
  it('sends one mail under its own key', async () => {
    const { result, send } = run({})
    expect(await result).toEqual({ ok: true })
    expect(send.mock.calls).toMatchObject([[{ to: 'ada@example.com' }, 'outbox:7']])
  })

  it('is done without a mail when there is nothing left to say', async () => {
    const { result, send } = run({ mail: null })
    expect(await result).toEqual({ ok: true })
    expect(send).not.toHaveBeenCalled()
  })

  it.each([['unknown', false], ['refused', true]] as const)('that is answered %s is final: %s', async (kind, is_final) => {
    expect(await run({ answer: { kind, cause: 'HTTP 500' } }).result).toEqual({ ok: false, error: 'HTTP 500', is_final })
  })

  it('waits for a mail service, and for an address of the app', async () => {
    expect(await run({ isSet: false }).result).toMatchObject({ ok: false, is_final: false })
    expect(await run({ appUrl: '' }).result).toMatchObject({ ok: false, is_final: false })
  })
})
