import type { CallRecord } from './callRecord.ts'
import type { CallState } from './call.ts'
import type { EndAsked } from './callEnd.ts'

/** From the claim to the settlement, in the order in which a call goes through them. */
export const liveStates = ['reserved', 'dialing', 'unknown', 'ringing', 'in_progress', 'ended'] as const satisfies readonly CallState[]
export type LiveState = (typeof liveStates)[number]

/** States that a person tells apart on screen: the claim's and the dial's are one, as they are one word. */
export const liveStages = [
  { name: 'in_progress', states: ['in_progress'] },
  { name: 'ringing', states: ['ringing'] },
  { name: 'dialing', states: ['reserved', 'dialing'] },
  { name: 'unknown', states: ['unknown'] },
  { name: 'ended', states: ['ended'] },
] as const satisfies readonly { name: LiveState, states: readonly LiveState[] }[]
export type LiveStage = (typeof liveStages)[number]['name']

export const liveOrders = ['newest', 'longest'] as const
export type LiveOrder = (typeof liveOrders)[number]

/** A call in being. line: the number that is called from. */
export interface LiveCall extends CallRecord {
  ringing_at: string | null
  line: string | null
  end_asked: EndAsked | null
}

export interface LiveCallFilter {
  campaign_id?: string
  states?: readonly LiveState[]
  order?: LiveOrder
}

export interface LiveCallPage {
  rows: LiveCall[]
  next_cursor: unknown
  /** Of the chosen campaign, whatever states are chosen; a state without calls is missing. */
  counts: Partial<Record<LiveState, number>>
  /** Those with calls in being, whatever is chosen. */
  campaigns: { id: string, name: string, calls_count: number }[]
}

/** How many calls are in one of these states. */
export const countIn = (counts: LiveCallPage['counts'], states: readonly LiveState[]) => states.reduce((sum, state) => sum + (counts[state] ?? 0), 0)

/** Since when a call is where it is; what its running time counts from. */
export function runsSince({ state, started_at, ringing_at, dialled_at, created_at }: Pick<LiveCall, 'state' | 'started_at' | 'ringing_at' | 'dialled_at' | 'created_at'>): string {
  if (state === 'in_progress' || state === 'ended') return started_at ?? dialled_at ?? created_at
  return (state === 'ringing' ? ringing_at : null) ?? dialled_at ?? created_at
}
