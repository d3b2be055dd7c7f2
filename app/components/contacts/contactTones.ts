import type { Tone } from '~/components/ui/tones'
import type { ContactStatus } from '~~/business/models/contact.ts'

export const contactTones: Record<ContactStatus, Tone> = {
  new: 'waiting',
  queued: 'waiting',
  calling: 'live',
  called: 'success',
  success: 'success',
  failed: 'failure',
  opted_out: 'blocked',
}
