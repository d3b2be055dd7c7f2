import type { Tone } from '~/components/ui/tones'
import type { OrderStatus } from '~~/business/models/order.ts'

export const orderTones: Record<OrderStatus, Tone> = {
  open: 'waiting',
  pending: 'live',
  paid: 'success',
  failed: 'failure',
  canceled: 'blocked',
  expired: 'waiting',
}
