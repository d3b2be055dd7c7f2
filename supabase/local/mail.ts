/** The mail inbox of a laptop: maildev, readable in the browser. Nothing leaves the machine. */
import { mkdirSync } from 'node:fs'
import { MailDev } from 'maildev'
import { createTransport } from 'nodemailer'
import type { Mail } from './apiMail.ts'
import { withConsoleIn } from './consoleToFile.ts'

export interface MailInbox { url: string, send(mail: Mail): Promise<void>, stop(): Promise<void> }

const SENDER = 'Outdial <no-reply@outdial.example>'
const MOST_MAILS = 1_000

export async function startMail({ smtpPort, webPort, folder }: { smtpPort: number, webPort: number, folder: string }): Promise<MailInbox> {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const server = new MailDev({ smtp: smtpPort, ip: '127.0.0.1', web: webPort, webIp: '127.0.0.1', mailDirectory: folder, maxEmails: MOST_MAILS, silent: true })
  await withConsoleIn(`${folder}.log`, () => server.start())
  // STARTTLS is refused on purpose: the inbox' certificate is expired, and the mail never leaves this machine.
  const transport = createTransport({ host: '127.0.0.1', port: smtpPort, ignoreTLS: true })
  return {
    url: `http://127.0.0.1:${webPort}/index.html`,
    async send(mail) {
      await transport.sendMail({ from: SENDER, to: mail.to, subject: mail.subject, text: mail.text, html: mail.html, headers: mail.headers })
    },
    async stop() {
      transport.close()
      await server.stop()
    },
  }
}
