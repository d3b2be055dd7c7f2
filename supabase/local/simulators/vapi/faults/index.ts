import { answers } from './answers.ts'
import type { Fault } from './fault.ts'
import { outcomes } from './outcomes.ts'
import { webhooks } from './webhooks.ts'

/** Every fault that can be asked for. */
export const FAULTS: Fault[] = [...answers, ...outcomes, ...webhooks]
