import type { PauseDetails } from './campaign.ts'

/** Something stopped, or did not start, without anybody doing it. Told once per cause; dismissing hides it for everybody. */
export const noticeKinds = [
  'failure_rate',
  'opt_out_rate',
  'assistant',
  'budget',
  'ended',
  /** Its time came and something was missing; it is a draft again. details.blockers says what. */
  'not_launched',
  /** Campaigns wait for minutes and go on by themselves once there are some. */
  'no_minutes',
] as const
export type NoticeKind = (typeof noticeKinds)[number]

export interface Notice {
  id: string
  kind: NoticeKind
  /** null: about the whole account. */
  campaign_id: string | null
  campaign_name: string | null
  details: PauseDetails & { blockers?: { code: string }[], spendable_seconds?: number, needed_seconds?: number }
  created_at: string
}
