import type { Email } from '../../gateways/email/emailGateway.ts'
import { localesOf, type FormatStyle } from '../../models/formatStyle.ts'
import type { MailedNotice, NoticeMail } from '../../models/noticeMail.ts'
import { amountOf, minutesOf } from '../billing/format.ts'
import { filled, oneLine } from './fill.ts'
import { formatMoment } from './formatMoment.ts'
import { htmlOf, textOf, type MailParts } from './layout.ts'
import { englishFrame as frame, englishNotices, englishTopics } from './notices.en.ts'
import { reasonOf } from './words.en.ts'

export interface MailPlaces {
  appUrl: string
  /** The function behind the links that stop mails. */
  unsubscribeUrl: string
}

interface Worded { subject: string, line: string, action: { label: string, link: string } }

/** One notice as itself, several as one mail that lists them; null when the words need something that is not there. */
export function wordNotices(mail: NoticeMail, places: MailPlaces): Email | null {
  const worded = mail.notices.map((notice) => wordNotice(notice, places.appUrl, mail.format_style))
  if (!worded.every((words) => words !== null) || !places.appUrl) return null
  const account = oneLine(mail.account_name)
  const { subject, ...parts } = mail.count === 1 ? single(worded[0]!, mail, account) : digest(worded, mail, account, places.appUrl)
  const whole = { ...parts, footer: footerOf(mail, account, places.appUrl) }
  return { to: mail.to, subject, text: textOf(whole), html: htmlOf(whole), headers: unsubscribeHeaders(mail.token, places.unsubscribeUrl) }
}

type Parts = Omit<MailParts, 'footer'> & { subject: string }

function single({ subject, line, action }: Worded, { notices: [notice], time_zone, format_style }: NoticeMail, account: string): Parts {
  return { subject, paragraphs: [line, say(frame.at, { account, time: formatMoment(notice!.created_at, time_zone, format_style) })], action }
}

function digest(worded: Worded[], { count, format_style }: NoticeMail, account: string, appUrl: string): Parts {
  const more = count - worded.length
  return {
    subject: say(frame.digest, { count: numberOf(count, format_style), account }),
    paragraphs: [say(frame.intro, { account })],
    items: [...worded.map(({ subject, line, action }) => ({ title: subject, text: line, link: action.link })),
      ...(more > 0 ? [{ title: say(frame.more, { count: numberOf(more, format_style) }), text: '', link: `${appUrl}${frame.all.path}` }] : [])],
    action: { label: frame.all.label, link: `${appUrl}${frame.all.path}` },
  }
}

function footerOf({ topics }: NoticeMail, account: string, appUrl: string): MailParts['footer'] {
  const stops = topics.map(({ topic, token }) => ({ label: say(frame.stop, { topic: englishTopics[topic] }), link: `${appUrl}/unsubscribe?token=${encodeURIComponent(token)}` }))
  return [say(frame.why, { account }), ...stops, { label: frame.settings.label, link: `${appUrl}${frame.settings.path}` }]
}

/** What mail programs show as a button of their own (RFC 8058): one POST to that address, without asking. */
const unsubscribeHeaders = (token: string, unsubscribeUrl: string) => ({
  'List-Unsubscribe': `<${unsubscribeUrl}?token=${encodeURIComponent(token)}>`,
  'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
})

function wordNotice(notice: MailedNotice, appUrl: string, style: FormatStyle): Worded | null {
  const words = englishNotices[keyOf(notice)]
  const known = knownOf(notice, style)
  const [subject, line, path] = [words.subject, words.line, words.action.path].map((text) => filled(text, known))
  return subject && line && path ? { subject, line, action: { label: words.action.label, link: `${appUrl}${path}` } } : null
}

function keyOf({ kind, details }: MailedNotice): keyof typeof englishNotices {
  if (kind === 'low_balance' && details.level_seconds === 0) return 'empty_balance'
  if (kind === 'auto_top_up_failed' && details.code === 'authentication_required') return 'confirm_top_up'
  return kind === 'auto_top_up_failed' && details.code === 'monthly_limit' ? 'top_up_limit' : kind
}

/** What there is to fill in; of an import or a campaign that lost its name, that it is one. */
function knownOf({ campaign_id, campaign_name, import_id, file_name, details }: MailedNotice, style: FormatStyle): Record<string, string> {
  const number = (name: string) => (typeof details[name] === 'number' ? details[name] : 0)
  const { amount_cents, currency, order_id } = details
  return {
    campaign: oneLine(campaign_name ?? ''), file: oneLine(file_name ?? ''),
    ...(campaign_id && { campaign_id }), ...(import_id && { import_id }), ...(typeof order_id === 'string' && { order_id }),
    ...(typeof amount_cents === 'number' && typeof currency === 'string' && { amount: amountOf(amount_cents, currency, style) }),
    reason: reasonOf(String(details.code ?? details.off_reason ?? '')),
    ...(typeof details.reason === 'string' && { words: oneLine(details.reason) }),
    left: minutesOf(number('spendable_seconds'), style), needed: minutesOf(number('needed_seconds'), style),
    reached: numberOf(number('reached'), style), people: numberOf(number('reached') + number('not_reached'), style),
    created: numberOf(number('created'), style), updated: numberOf(number('updated'), style), refused: numberOf(number('refused'), style),
  }
}

const numberOf = (value: number, style: FormatStyle) => new Intl.NumberFormat(localesOf[style].numbers).format(value)
const say = (text: string, known: Record<string, string>) => filled(text, known) ?? text
