/** A simulated call: what was asked for, what will happen, and how far it is. */
import { randomUUID } from 'node:crypto'
import { layOut, type Conversation } from './conversation.ts'
import type { Fault } from './faults/fault.ts'
import { assistantOf, type CreateCall } from './request.ts'
import { scriptFor } from './scripts/index.ts'
import { sceneOf, type Script } from './scripts/script.ts'

export type Status = 'queued' | 'ringing' | 'in-progress' | 'ended'

export interface ToolUse { id: string, name: string, arguments: Record<string, unknown>, result: string | null, secondsFromStart: number }

export interface SimulatedCall {
  id: string
  request: CreateCall
  attemptId: string | undefined
  /** The faults drawn for this call. */
  faults: Fault[]
  script: Script
  conversation: Conversation
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
}

const DEFAULT_MAXIMUM_SECONDS = 600
const DOLLARS_PER_MINUTE = 0.11

export function newCall(request: CreateCall, attemptId: string | undefined, faults: Fault[], now: Date): SimulatedCall {
  const usual = scriptFor(request.customer?.number ?? '', sceneOf(request))
  const script = faults.reduce((changed, fault) => fault.script?.(changed) ?? changed, usual)
  const conversation = layOut(script.lines ?? [], assistantOf(request).maxDurationSeconds ?? DEFAULT_MAXIMUM_SECONDS)
  return {
    id: randomUUID(), request, attemptId, faults, script, conversation, toolUses: [], endedReason: conversation.isCut ? 'exceeded-max-duration' : script.endedReason,
    status: 'queued', createdAt: now, updatedAt: now, startedAt: null, endedAt: null, cost: 0, isReported: false, isHidden: faults.some((fault) => fault.isHidden),
  }
}

export const isPickedUp = (call: SimulatedCall): boolean => call.script.lines !== undefined

/** Whether there is, or will be, something to hear. */
export function hasRecording(call: SimulatedCall): boolean {
  return call.conversation.seconds > 0 && assistantOf(call.request).artifactPlan?.recordingEnabled !== false
}

export function move(call: SimulatedCall, status: Status, now: Date): void {
  call.status = status
  call.updatedAt = now
  if (status === 'in-progress') call.startedAt = now
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
