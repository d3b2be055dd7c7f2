import type { MailNoticesJob, OutboxResult } from '../../models/outboxJob.ts'
import type { OutboxRepository } from '../../repositories/outboxRepository.ts'
import { wordNotices } from '../mail/wordNotices.ts'
import type { MailDeps } from './sendMail.ts'

export interface NoticeMailDeps extends MailDeps {
  outbox: Pick<OutboxRepository, 'getNoticeMail'>
  unsubscribeUrl: string
}

/** One job is one mail to one person. Who left the account meanwhile, or wants none any more, gets none, and the job is done. */
export async function mailNotices({ email, outbox, appUrl, unsubscribeUrl }: NoticeMailDeps, job: MailNoticesJob, job_id: number): Promise<OutboxResult> {
  if (!email) return { ok: false, error: 'no mail service', is_final: false }
  const told = await outbox.getNoticeMail(job)
  if (!told) return { ok: true }
  const mail = wordNotices(told, { appUrl, unsubscribeUrl })
  if (!mail) return { ok: false, error: 'a value that the words need is missing', is_final: false }
  const answer = await email.send(mail, `outbox:${job_id}`)
  return answer.kind === 'sent' ? { ok: true } : { ok: false, error: answer.cause, is_final: answer.kind === 'refused' }
}
