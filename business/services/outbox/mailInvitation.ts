import type { MailInvitationJob, OutboxResult } from '../../models/outboxJob.ts'
import type { OutboxRepository } from '../../repositories/outboxRepository.ts'
import { formatMoment } from '../mail/formatMoment.ts'
import { englishRoles, englishSomebody } from '../mail/words.en.ts'
import { sendMail, type MailDeps } from './sendMail.ts'

export interface InvitationMailDeps extends MailDeps {
  outbox: Pick<OutboxRepository, 'getInvitationMail'>
}

/** One job is one mail. An invitation that was taken back, answered or mailed anew meanwhile is worth none, and the job is done. */
export async function mailInvitation({ outbox, ...deps }: InvitationMailDeps, job: MailInvitationJob, job_id: number): Promise<OutboxResult> {
  const told = await outbox.getInvitationMail(job)
  if (!told) return { ok: true }
  const { to, account_name, invited_by_name, role, invitation_id, expires_at, time_zone, format_style } = told
  const invited_by = invited_by_name ?? englishSomebody
  const values = { account_name, invited_by, role: englishRoles[role], invitation_id, expires: formatMoment(expires_at, time_zone, format_style) }
  return sendMail(deps, { to, template: 'invitation', values }, job_id)
}
