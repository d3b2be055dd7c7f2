/** What banks do, and what people do with their money afterwards. */
import { CHALLENGE, DECLINED, EXPIRED, NEEDS_OWNER, NO_FUNDS } from '../cards.ts'
import type { Fault } from './fault.ts'

export const payments: Fault[] = [
  { name: 'declined', description: 'The next payment is declined, whatever the card.', verdict: DECLINED },
  { name: 'insufficient_funds', description: 'The next card has insufficient funds.', verdict: NO_FUNDS },
  { name: 'expired_card', description: 'The next card has expired.', verdict: EXPIRED },
  { name: 'authentication_required', description: 'The next card wants its owner: on the payment page it asks (3-D Secure), without anybody there it is declined.', verdict: CHALLENGE },
  { name: 'owner_required', description: 'The next payment is declined for want of its owner.', verdict: NEEDS_OWNER },
  { name: 'pays_later', description: 'The next payment completes unpaid and is paid later, whatever the method.', verdict: { kind: 'later', ends: 'succeeded' } },
  { name: 'fails_later', description: 'The next payment completes unpaid and fails later, whatever the method.', verdict: { kind: 'later', ends: 'failed' } },
  { name: 'discounted', description: 'The next session costs a tenth less than was asked for, as with a promotion code.', discount: 0.1 },
  { name: 'refund_waits', description: 'The next refund is pending and succeeds later.', refund: 'succeeded' },
  { name: 'refund_fails', description: 'The next refund is pending and fails later.', refund: 'failed' },
]
