import type { Email } from '../../gateways/email/emailGateway.ts'
import { formatStyles } from '../../models/formatStyle.ts'
import { amountOf, minutesOf } from '../billing/format.ts'
import { englishAlerts } from './alerts.en.ts'
import { filled, oneLine } from './fill.ts'
import { htmlOf, textOf } from './layout.ts'
import { englishFooter, englishMails, reasonOf, type MailWords } from './words.en.ts'

type Values = Readonly<Record<string, unknown>>

const templates: ReadonlyMap<string, MailWords> = new Map(Object.entries(englishMails))

/** The mail of a template, as plain text and as simple HTML that says the same; null when a value that it needs is missing. */
export function wordMail(template: string, values: Values, appUrl: string): Omit<Email, 'to'> | null {
  const words = templates.get(template)
  if (!words || !appUrl) return null
  const known = { ...textsOf(values), ...madeOf(values) }
  const fill = (text: string) => filled(text, known)
  const [subject, path, ...lines] = [words.subject, words.action.path, ...words.lines].map(fill)
  if (!isWhole(subject) || !isWhole(path) || !lines.every(isWhole)) return null
  const parts = { paragraphs: lines, action: { label: words.action.label, link: `${appUrl}${path}` }, footer: [words.footer ?? englishFooter] }
  return { subject, text: textOf(parts), html: htmlOf(parts) }
}

function textsOf(values: Values): Record<string, string> {
  const texts = Object.entries(values).flatMap(([name, value]) => (typeof value === 'string' ? [[name, oneLine(value)] as const] : []))
  return Object.fromEntries(texts)
}

function madeOf({ amount_cents, currency, seconds, bonus_seconds, failure_code, reason, alert, format_style }: Values): Record<string, string> {
  const code = failure_code ?? reason
  const style = formatStyles.find((known) => known === format_style)
  const summary = englishAlerts.get(String(alert))
  return {
    ...(typeof amount_cents === 'number' && typeof currency === 'string' && { amount: amountOf(amount_cents, currency, style) }),
    ...(typeof seconds === 'number' && { minutes: minutesOf(seconds + (typeof bonus_seconds === 'number' ? bonus_seconds : 0), style) }),
    ...(typeof code === 'string' && { reason: reasonOf(code) }),
    ...(summary && { summary }),
  }
}

const isWhole = (text: string | null | undefined): text is string => typeof text === 'string'
