import type { CampaignRepository } from '../../repositories/campaignRepository.ts'

interface Deps {
  campaigns: Pick<CampaignRepository, 'empty'>
}

/** Takes everybody out of a draft, five thousand at a time. Broken off and repeated it takes out the rest. */
export async function emptyCampaign({ campaigns }: Deps, campaignId: string): Promise<void> {
  for (let left = 1; left > 0;) left = (await campaigns.empty(campaignId)).left
}
