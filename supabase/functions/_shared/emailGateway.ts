import type { EmailGateway } from '../../../business/gateways/email/emailGateway.ts'
import { createResend } from '../../../business/gateways/email/resend.ts'
import type { Env } from './env.ts'

/** null where no mail service is set up. */
export function createEmailGateway({ resend }: Env): EmailGateway | null {
  return resend.apiKey && resend.from ? createResend(resend) : null
}
