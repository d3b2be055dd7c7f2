import type { Campaign, CampaignStatus } from './campaign.ts'

/** What a list of campaigns can be sorted by; what is newest, furthest or running is first unless it is said otherwise. */
export const campaignSorts = ['created', 'name', 'status', 'activity', 'progress'] as const
export type CampaignSort = (typeof campaignSorts)[number]

/** Which campaigns a list shows, and in which order. Without a status: all but those that were archived. */
export interface CampaignFilter {
  text?: string
  status?: CampaignStatus
  assistant_id?: string
  sort?: CampaignSort
  is_ascending?: boolean
}

/** status_counts: how many the search and the assistant leave of each status; one without any is missing. */
export interface CampaignPage {
  rows: Campaign[]
  total_count: number
  status_counts: Partial<Record<CampaignStatus, number>>
}
