import { describe, expect, it } from 'vitest'
import { englishMails } from '../../../../../business/services/mail/words.en.ts'
import { wordMail } from '../../../../../business/services/mail/wordMail.ts'

const app = 'https://app.example'
const values = { account_name: 'Engines & <b>Sons</b>', order_id: 'order-1', amount_cents: 3000, currency: 'usd', seconds: 3000, bonus_seconds: 90, failure_code: 'expired_card', reason: 'no_card',
  invited_by: 'Ada', role: 'an agent', expires: 'tomorrow', invitation_id: 'i1', alert: 'LineHeld' }

describe('wordMail', () => {
  it.each(Object.keys(englishMails))('words %s whole, as text and as HTML that says the same', (template) => {
    const mail = wordMail(template, values, app)!
    for (const part of [mail.subject, mail.text, mail.html]) expect(part).not.toMatch(/[{}]|undefined|NaN/)
    expect(mail.text).toContain(`${app}${englishMails[template as keyof typeof englishMails].action.path.replace(/[?{].*/, '')}`)
    expect(mail.html).not.toContain('<b>')
    const plain = mail.html.replace(/<[^>]*>/g, '\n').replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')
    for (const line of mail.text.split('\n\n').filter((part) => !part.includes('http'))) expect(plain).toContain(line)
  })

  it('words money, minutes and reasons for people', () => {
    expect(wordMail('payment_received', values, app)).toMatchObject({ subject: 'Payment received: $30.00', text: expect.stringContaining('51:30 minutes were added') as unknown })
    expect(wordMail('top_up_failed', values, app)?.text).toContain('the card has expired')
    expect(wordMail('top_up_failed', { ...values, failure_code: 'constructor' }, app)?.text).toContain('the bank or the payment provider refused')
    expect(wordMail('payment_received', { ...values, format_style: 'continental' }, app)?.subject).toBe('Payment received: 30,00\u00A0$')
    expect(wordMail('top_up_confirm', { ...values, currency: 'jpy' }, app)?.subject).toContain('¥3,000')
  })

  it('lets no value begin a line of its own', () => {
    const mail = wordMail('low_balance', { ...values, account_name: 'A\r\nBcc: x@example.com' }, app)!
    expect(mail.text).toContain('A Bcc: x@example.com has')
  })

  it.each([['nobody_knows_it', values], ['constructor', values], ['low_balance', {}], ['payment_received', { ...values, order_id: undefined }], ['alert_raised', { alert: 'constructor' }]])('words no %s without what it needs', (template, given) => {
    expect(wordMail(template, given, app)).toBeNull()
  })

  it('makes no mail without an address to lead to', () => {
    expect(wordMail('low_balance', values, '')).toBeNull()
  })
})
