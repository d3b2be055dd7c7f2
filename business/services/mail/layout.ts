/** A mail as it is laid out: the same words as plain text and as simple HTML. Links are addresses of the app. */
export interface MailParts {
  paragraphs: string[]
  /** What happened, one after the other, where a mail tells of several things. */
  items?: { title: string, text: string, link: string }[]
  action: { label: string, link: string }
  footer: (string | { label: string, link: string })[]
}

export function textOf({ paragraphs, items = [], action, footer }: MailParts): string {
  const told = items.map(({ title, text, link }) => `${title}\n${text}\n${link}`)
  const small = footer.map((part) => (typeof part === 'string' ? part : `${part.label}: ${part.link}`))
  return [...paragraphs, ...told, `${action.label}: ${action.link}`, ...small].join('\n\n')
}

/** Colours that are read on white and on black: mail programs turn a page dark as they like. */
const colours = { text: '#18181b', small: '#71717a', line: '#e4e4e7', accent: '#4f46e5' }

export function htmlOf({ paragraphs, items = [], action, footer }: MailParts): string {
  const told = items.map(({ title, text, link }) => `<p style="margin:0;padding:12px 0;border-top:1px solid ${colours.line}"><a href="${escaped(link)}" `
    + `style="color:${colours.text};font-weight:600;text-decoration:none">${escaped(title)}</a><br>${escaped(text)}</p>`)
  const small = footer.map((part) => (typeof part === 'string' ? `<p>${escaped(part)}</p>` : `<p>${linkOf(part, `color:${colours.small}`)}</p>`))
  const button = `display:inline-block;padding:9px 16px;border-radius:8px;background:${colours.accent};color:#ffffff;text-decoration:none;font-weight:500`
  return '<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark"></head>'
    + `<body style="margin:0;padding:24px;font:15px/1.5 -apple-system,'Segoe UI',Inter,sans-serif;color:${colours.text}"><div style="max-width:560px;margin:0 auto">`
    + `<p style="margin:0 0 16px;color:${colours.accent};font-weight:600">Outdial</p>${paragraphs.map((line) => `<p>${escaped(line)}</p>`).join('')}${told.join('')}`
    + `<p style="margin:24px 0">${linkOf(action, button)}</p><div style="border-top:1px solid ${colours.line};color:${colours.small};font-size:12px">${small.join('')}</div></div></body></html>`
}

const linkOf = ({ label, link }: { label: string, link: string }, style: string) => `<a href="${escaped(link)}" style="${style}">${escaped(label)}</a>`

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', '\'': '&#39;' }

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => entities[sign]!)
}
