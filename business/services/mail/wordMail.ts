import type { Email } from '../../gateways/email/emailGateway.ts'
import { amountOf, minutesOf } from '../billing/format.ts'
import { englishFooter, englishMails, englishOtherReason, englishReasons, type MailWords } from './words.en.ts'

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
  const action = { label: words.action.label, link: `${appUrl}${path}` }
  return { subject, text: textOf(lines, action), html: htmlOf(lines, action) }
}

/** Values of people end up in a subject and in lines: whatever could begin another one is taken out. */
function textsOf(values: Values): Record<string, string> {
  const texts = Object.entries(values).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value.replace(/[\p{Cc}\s]+/gu, ' ').trim()] as const] : []))
  return Object.fromEntries(texts)
}

function madeOf({ amount_cents, currency, seconds, bonus_seconds, failure_code, reason }: Values): Record<string, string> {
  const code = failure_code ?? reason
  return {
    ...(typeof amount_cents === 'number' && typeof currency === 'string' && { amount: amountOf(amount_cents, currency) }),
    ...(typeof seconds === 'number' && { minutes: minutesOf(seconds + (typeof bonus_seconds === 'number' ? bonus_seconds : 0)) }),
    ...(typeof code === 'string' && { reason: Object.hasOwn(englishReasons, code) ? englishReasons[code]! : englishOtherReason }),
  }
}

/** null: something to fill in is not there. */
function filled(text: string, known: Record<string, string>): string | null {
  const names = [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!)
  if (names.some((name) => !Object.hasOwn(known, name))) return null
  return text.replace(/\{(\w+)\}/g, (_all, name: string) => known[name]!)
}

const isWhole = (text: string | null | undefined): text is string => typeof text === 'string'

interface Action { label: string, link: string }

function textOf(lines: string[], { label, link }: Action): string {
  return [...lines, `${label}: ${link}`, englishFooter].join('\n\n')
}

function htmlOf(lines: string[], { label, link }: Action): string {
  const paragraphs = lines.map((line) => `<p>${escaped(line)}</p>`).join('')
  return `<!doctype html><html lang="en"><body style="font-family:sans-serif;line-height:1.5;color:#18181b">${paragraphs}`
    + `<p><a href="${escaped(link)}">${escaped(label)}</a></p><p style="color:#71717a;font-size:12px">${escaped(englishFooter)}</p></body></html>`
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', '\'': '&#39;' }

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => entities[sign]!)
}
