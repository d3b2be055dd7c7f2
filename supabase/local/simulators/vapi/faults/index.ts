import { answers } from './answers.ts'
import type { Fault } from './fault.ts'
import { outcomes } from './outcomes.ts'
import { recordings } from './recordings.ts'
import { webhooks } from './webhooks.ts'

/** Every fault that can be asked for, by where it strikes. */
export const FAULT_GROUPS: { title: string, faults: Fault[] }[] = [
  { title: 'Answers to the dialler', faults: answers },
  { title: 'Recordings', faults: recordings },
  { title: 'How calls end', faults: outcomes },
  { title: 'Messages to the dialler', faults: webhooks },
]

export const FAULTS: Fault[] = FAULT_GROUPS.flatMap(({ faults }) => faults)
