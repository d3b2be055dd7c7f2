import type { Tone } from '~/components/ui/tones'
import type { CampaignStatus } from '~~/business/models/campaign.ts'

export const campaignTones: Record<CampaignStatus, Tone> = {
  draft: 'waiting',
  scheduled: 'waiting',
  active: 'live',
  paused: 'attention',
  completed: 'success',
  stopped: 'blocked',
  archived: 'blocked',
}
