/** A simulated call: what was asked for, what will happen, and how far it is. */
import { randomUUID } from 'node:crypto'
import { cutAt, layOut, type Conversation } from './conversation.ts'
import type { Fault } from './faults/fault.ts'
import type { CreateCall } from './request.ts'
import type { Resolved } from './saved/destination.ts'
import { scriptFor } from './scripts/index.ts'
import { sceneOf } from './scripts/scene.ts'
import type { Script } from './scripts/script.ts'

export type Status = 'queued' | 'ringing' | 'in-progress' | 'ended'

interface ToolUse { id: string, name: string, arguments: Record<string, unknown>, result: string | null, secondsFromStart: number }

export interface SimulatedCall extends Resolved {
  id: string
  request: CreateCall
  attemptId: string | undefined
  /** The faults drawn for this call. */
  faults: Fault[]
  script: Script
  conversation: Conversation
  /** How many seconds of the conversation have passed. */
  heardSeconds: number
  toolUses: ToolUse[]
  endedReason: string
  status: Status
  createdAt: Date
  updatedAt: Date
  startedAt: Date | null
  endedAt: Date | null
  cost: number | null
  /** Analysis, artifact and cost are complete; some seconds after the end. */
  isReported: boolean
  /** A fresh call can read as absent for a while. */
  isHidden: boolean
  /** Aborted by who hangs up before the script's end; the reason is the endedReason. */
  line: AbortController
  /** Secrets: whoever knows them may listen and hang up. */
  monitor: { listenUrl: string, controlUrl: string }
}

export interface Order extends Resolved {
  request: CreateCall
  attemptId: string | undefined
  faults: Fault[]
  /** Changes what happens at the number before any fault does. */
  bend?: (script: Script) => Script
  /** Where the provider is reached. */
  origin: string
  now: Date
}

const DEFAULT_MAXIMUM_SECONDS = 600
const DOLLARS_PER_MINUTE = 0.11

export function newCall({ request, attemptId, faults, bend = (script) => script, origin, now, ...resolved }: Order): SimulatedCall {
  const usual = bend(scriptFor(request.customer?.number ?? '', sceneOf(resolved.assistant, request.customer?.name, now)))
  const script = faults.reduce((changed, fault) => fault.script?.(changed) ?? changed, usual)
  const conversation = layOut(script.lines ?? [], resolved.assistant.maxDurationSeconds ?? DEFAULT_MAXIMUM_SECONDS, script)
  const monitorId = randomUUID()
  return {
    ...resolved, id: randomUUID(), request, attemptId, faults, script, conversation, heardSeconds: 0, toolUses: [],
    endedReason: conversation.isCut ? 'exceeded-max-duration' : script.endedReason, status: 'queued', createdAt: now, updatedAt: now, startedAt: null, endedAt: null,
    cost: 0, isReported: false, isHidden: faults.some((fault) => fault.isHidden), line: new AbortController(),
    monitor: { listenUrl: `${origin.replace('http', 'ws')}/${monitorId}/listen`, controlUrl: `${origin}/__monitor/${monitorId}/control` },
  }
}

export const isPickedUp = (call: SimulatedCall): boolean => call.script.lines !== undefined

/** Whether there is, or will be, something to hear. */
export function hasRecording(call: SimulatedCall): boolean {
  return call.conversation.seconds > 0 && call.assistant.artifactPlan?.recordingEnabled !== false
}

export function move(call: SimulatedCall, status: Status, now: Date): void {
  call.status = status
  call.updatedAt = now
  if (status === 'in-progress') call.startedAt = now
}

/** What was said until now is all that there will be. */
export function breakOff(call: SimulatedCall): void {
  call.conversation = cutAt(call.conversation, call.heardSeconds)
  call.endedReason = String(call.line.signal.reason)
}

/** Ends the call at `now`; the conversation lasted as long as it is, whatever the speed of the simulation. */
export function end(call: SimulatedCall, now: Date): void {
  move(call, 'ended', now)
  call.endedAt = now
  if (isPickedUp(call)) {
    call.startedAt = new Date(now.getTime() - call.conversation.seconds * 1000)
    call.cost = Math.round(call.conversation.seconds / 60 * DOLLARS_PER_MINUTE * 10_000) / 10_000
  }
  for (const fault of call.faults) fault.ended?.(call)
}
