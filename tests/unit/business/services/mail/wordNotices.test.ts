import { describe, expect, it } from 'vitest'
import { noticeKinds, noticeTopics, topicOf } from '../../../../../business/models/notice.ts'
import { noticeMailSchema, type MailedNotice, type NoticeMail } from '../../../../../business/models/noticeMail.ts'
import { englishTopics } from '../../../../../business/services/mail/notices.en.ts'
import { wordNotices } from '../../../../../business/services/mail/wordNotices.ts'

const places = { appUrl: 'https://app.example', unsubscribeUrl: 'https://api.example/functions/v1/unsubscribe' }
const details = {
  amount_cents: 3000, currency: 'usd', order_id: 'order-1', code: 'expired_card', spendable_seconds: 90, needed_seconds: 300, reached: 1200, not_reached: 300,
  created: 5, updated: 2, refused: 1, reason: 'Two invoices are open',
}
const notice = (kind: MailedNotice['kind'], more: Partial<MailedNotice> = {}): MailedNotice => ({
  kind, campaign_id: 'c-1', campaign_name: 'Spring <b>sale</b>', import_id: 'i-1', file_name: 'people.csv', details, created_at: '2026-11-21T19:05:00Z', ...more,
})
const mailOf = (notices: MailedNotice[], count = notices.length): NoticeMail => ({
  to: 'ada@example.com', account_name: 'Engines & Sons', time_zone: 'America/New_York', format_style: 'american', count, notices,
  topics: [...new Set(notices.map(({ kind }) => topicOf(kind)))].map((topic) => ({ topic, token: `token-${topic}+x` })), token: 'token.all+1',
})
const word = (notices: MailedNotice[], count?: number) => wordNotices(mailOf(notices, count), places)!
const plainOf = (html: string) => html.replace(/<[^>]*>/g, '\n').replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&').replaceAll('&#39;', '\'')

describe('a mail about a notice', () => {
  it.each(noticeKinds)('words %s whole, as text and as HTML that says the same', (kind) => {
    const mail = word([notice(kind)])
    for (const part of [mail.subject, mail.text, mail.html]) expect(part).not.toMatch(/[{}]|undefined|NaN|null/)
    expect(mail.text).toMatch(/https:\/\/app\.example\/(campaigns\/c-1|contacts\/imports\/i-1|billing|settings\/privacy|settings\/account|settings\/provider)/)
    expect(mail.html).not.toContain('<b>')
    for (const line of mail.text.split('\n\n').filter((part) => !part.includes('http'))) expect(plainOf(mail.html)).toContain(line)
    expect(englishTopics[topicOf(kind)]).not.toBe('')
  })

  it('says when, in the zone of the account', () => {
    expect(word([notice('completed')]).text).toContain('Nov 21, 2026, 2:05 PM (New York)')
  })

  it('writes days and numbers as the account does', () => {
    const { text } = wordNotices({ ...mailOf([notice('import_completed', { details: { ...details, created: 12_345 } })]), format_style: 'continental' }, places)!
    expect(text).toContain('21 Nov 2026, 14:05 (New York)')
    expect(text).toContain('12.345')
  })

  it('says what the bank or the limit wants of a refused top-up, and that nothing is left', () => {
    expect(word([notice('auto_top_up_failed')]).text).toContain('the card has expired')
    expect(word([notice('auto_top_up_failed', { details: { ...details, code: 'authentication_required' } })]).text).toContain('/billing?pay=order-1')
    expect(word([notice('auto_top_up_failed', { details: { ...details, code: 'monthly_limit' } })]).subject).toContain('waits')
    expect(word([notice('low_balance', { details: { level_seconds: 0 } })]).subject).toBe('No minutes left')
  })

  it('lets no name begin a line or a header of its own', () => {
    expect(word([notice('completed', { campaign_name: 'A\r\nBcc: x@example.com' })]).subject).toBe('Campaign completed: A Bcc: x@example.com')
  })

  it('can be stopped with one click by mail programs, and topic by topic by its links', () => {
    const mail = word([notice('completed'), notice('low_balance')])
    expect(mail.headers).toEqual({
      'List-Unsubscribe': '<https://api.example/functions/v1/unsubscribe?token=token.all%2B1>', 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
    })
    for (const topic of ['completed', 'minutes']) expect(mail.text).toContain(`https://app.example/unsubscribe?token=token-${topic}%2Bx`)
    expect(mail.text).toContain('https://app.example/settings/notifications')
  })
})

describe('a mail about several notices', () => {
  it('lists each with its own link, and how many more there are', () => {
    const mail = word([notice('budget'), notice('low_balance')], 1000)
    expect(mail.subject).toBe('1,000 notifications of Engines & Sons')
    expect(mail.text).toContain('Campaign paused: Spring <b>sale</b>\nIts budget of minutes is used.')
    expect(mail.text).toContain('And 998 more.')
    expect(mail.text).toContain('See all notifications: https://app.example/notifications')
  })
})

it('words none without what it needs, nor without an address to lead to', () => {
  expect(wordNotices(mailOf([notice('completed', { campaign_id: null })]), places)).toBeNull()
  expect(wordNotices(mailOf([notice('completed')]), { ...places, appUrl: '' })).toBeNull()
})

it('knows every topic by a word', () => {
  expect(Object.keys(englishTopics)).toEqual([...noticeTopics])
})

it('reads what the database answers, and refuses what it would not', () => {
  expect(noticeMailSchema.nullable().parse(mailOf([notice('completed')]))?.count).toBe(1)
  expect(noticeMailSchema.safeParse({ ...mailOf([notice('completed')]), notices: [] }).success).toBe(false)
})
