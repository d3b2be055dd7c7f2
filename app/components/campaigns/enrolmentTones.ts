import type { Tone } from '~/components/ui/tones'
import type { EnrolmentStatus } from '~~/business/models/enrolment.ts'

export const enrolmentTones: Record<EnrolmentStatus, Tone> = {
  waiting: 'waiting',
  calling: 'live',
  reached: 'success',
  exhausted: 'failure',
  blocked: 'blocked',
  opted_out: 'blocked',
  removed: 'blocked',
}

/** The same colours as in the bar, where waiting is what is left of it. */
export const enrolmentDots: Record<EnrolmentStatus, string> = {
  waiting: 'border border-input bg-accent',
  calling: 'bg-live',
  reached: 'bg-success',
  exhausted: 'bg-failure',
  blocked: 'bg-blocked',
  opted_out: 'bg-blocked',
  removed: 'bg-blocked',
}
