import { waitReasonSchema, type BlockReason, type EnrolmentStatus, type WaitReason } from './enrolment.ts'

/**
 * What somebody waits for, as a list of a campaign's contacts can be asked for it. turn: nothing but their turn. planned: an attempt at a
 * time of its own, a retry or a call that they asked for.
 */
export const queueReasons = ['turn', 'planned', ...waitReasonSchema.options] as const
export type QueueReason = (typeof queueReasons)[number]

/** Which contacts of a campaign are listed. reason: why they are never called; wait: why not yet. */
export interface EnrolmentFilter {
  status?: EnrolmentStatus
  reason?: BlockReason
  wait?: QueueReason
  text?: string
}

/** Somebody's place among those who are called next. */
export interface QueuePlace {
  enrolment_id: string
  contact_id: string
  name: string
  phone: string
  campaign_id: string
  campaign_name: string
  /** Why here: promised or hurried ones go first, then second attempts, then the others by the campaign's order. */
  kind: 'callback' | 'call_now' | 'retry' | 'fresh'
  attempt_no: number
  /** next: the next round of dialling takes them. turn: as soon as those before them have gone, or what they wait for is over. later: not before at. */
  when: 'next' | 'turn' | 'later'
  reason: WaitReason | null
  at: string | null
}

/** So many contacts of a campaign wait for the same; next_at: when the first of them go on by themselves. */
export interface WaitingCount {
  campaign_id: string
  campaign_name: string
  reason: QueueReason
  people: number
  next_at: string | null
}

export interface CallQueue {
  places: QueuePlace[]
  /** Every waiting contact of a running campaign, once. */
  waiting: WaitingCount[]
  calls: { in_flight: number, max_calls: number }
  /** What all campaigns wait for; reason null: nothing. */
  hold: { reason: WaitReason | null, at: string | null }
  /** False while the platform lets nobody dial. */
  is_enabled: boolean
}

export interface WaitingGroup {
  reason: QueueReason
  people: number
  next_at: string | null
  campaigns: WaitingCount[]
}

/** The same by reason, the largest group first; each with its campaigns. */
export function groupedByReason(waiting: WaitingCount[]): WaitingGroup[] {
  const groups = Map.groupBy(waiting, ({ reason }) => reason)
  return [...groups].map(([reason, campaigns]) => ({
    reason, campaigns, people: campaigns.reduce((sum, { people }) => sum + people, 0),
    next_at: campaigns.flatMap(({ next_at }) => next_at ?? []).sort()[0] ?? null,
  })).sort((a, b) => b.people - a.people)
}
