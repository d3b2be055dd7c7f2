import type { EmailGateway } from '../../gateways/email/emailGateway.ts'
import type { OutboxResult, SendMailJob } from '../../models/outboxJob.ts'
import { wordMail } from '../mail/wordMail.ts'

export interface MailDeps {
  /** null: this installation sends no mail. */
  email: EmailGateway | null
  appUrl: string
}

/** One job is one mail: its id is the key by which a repeated request is not a second mail. */
export async function sendMail({ email, appUrl }: MailDeps, { to, template, values }: SendMailJob, job_id: number): Promise<OutboxResult> {
  if (!email) return { ok: false, error: 'no mail service', is_final: false }
  const mail = wordMail(template, values, appUrl)
  if (!mail) return { ok: false, error: `unknown template or values: ${template}`, is_final: false }
  const answer = await email.send({ to, ...mail }, `outbox:${job_id}`)
  return answer.kind === 'sent' ? { ok: true } : { ok: false, error: answer.cause, is_final: answer.kind === 'refused' }
}
