import type { CampaignRepository } from '../../repositories/campaignRepository.ts'
import { enrolByPages, type Enrolled } from './enrolAllContacts.ts'

interface Deps {
  campaigns: Pick<CampaignRepository, 'copyContacts'>
}

/** Brings everybody of one campaign into a draft, a thousand at a time, and tells how far it is. Broken off and repeated it brings nobody twice. */
export function copyContacts({ campaigns }: Deps, campaignId: string, fromCampaignId: string, onProgress: (sofar: Enrolled) => void): Promise<Enrolled> {
  return enrolByPages((cursor) => campaigns.copyContacts(campaignId, fromCampaignId, cursor), onProgress)
}
