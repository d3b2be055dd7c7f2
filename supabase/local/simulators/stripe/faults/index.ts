import { answers } from './answers.ts'
import type { Fault } from './fault.ts'
import { payments } from './payments.ts'
import { webhooks } from './webhooks.ts'

/** Every fault that can be asked for, by where it strikes. */
export const FAULT_GROUPS: { title: string, faults: Fault[] }[] = [
  { title: 'Answers to the shop', faults: answers },
  { title: 'Payments', faults: payments },
  { title: 'Events to the shop', faults: webhooks },
]

export const FAULTS: Fault[] = FAULT_GROUPS.flatMap(({ faults }) => faults)
