import { describe, expect, it, vi } from 'vitest'
import type { z } from 'zod'
import type { invitationMailSchema } from '../../../../../business/models/team.ts'
import { mailInvitation } from '../../../../../business/services/outbox/mailInvitation.ts'

type Told = z.infer<typeof invitationMailSchema>
const told: Told = {
  to: 'bo@example.com', account_name: 'Analytical Engines', invited_by_name: 'Ada', role: 'agent', invitation_id: 'i1', expires_at: '2026-11-28T15:05:00Z', time_zone: 'America/New_York', format_style: 'american',
}

async function run(mail: Told | null) {
  const send = vi.fn(async (_mail: { to: string, subject: string, text: string, html: string }, _key: string) => ({ kind: 'sent', id: 'm' } as const))
  const result = await mailInvitation({ email: { send }, outbox: { getInvitationMail: async () => mail }, appUrl: 'https://app.example' }, { invitation_id: 'i1', sent_count: 1 }, 7)
  return { result, sent: send.mock.calls }
}

describe('the mail of an invitation', () => {
  it('says who asks, into what and as what, until when, and where to answer', async () => {
    const { result, sent } = await run(told)
    expect(result).toEqual({ ok: true })
    const [[mail, key]] = sent as [[{ to: string, subject: string, text: string, html: string }, string]]
    expect([mail.to, mail.subject, key]).toEqual(['bo@example.com', 'Ada invites you to Analytical Engines', 'outbox:7'])
    for (const text of ['as an agent', 'Nov 28, 2026, 10:05 AM (New York)', 'https://app.example/invitation?id=i1', 'leave it alone']) expect(mail.text).toContain(text)
    expect(mail.text).not.toContain('billing')
  })

  it('is worth none once it was answered, taken back or mailed anew', async () => {
    expect(await run(null)).toEqual({ result: { ok: true }, sent: [] })
  })

  it('names nobody who is gone, and lets no name become a line of its own or a tag', async () => {
    const { sent: [first] } = await run({ ...told, invited_by_name: null, account_name: 'Evil\r\nBcc: x@y.z <b>' })
    expect(first![0].subject).toBe('Somebody invites you to Evil Bcc: x@y.z <b>')
    expect(first![0].html).not.toContain('<b>')
  })
})
