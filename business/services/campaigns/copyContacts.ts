import type { CampaignRepository } from '../../repositories/campaignRepository.ts'
import { enrolByPages, type Enrolled } from './enrolAllContacts.ts'

interface Deps {
  campaigns: Pick<CampaignRepository, 'copyContacts'>
}

/** Whose contacts; cursor: where a copy that broke off goes on. */
export interface CopySource {
  campaign_id: string
  cursor: number | null
}

/**
 * Brings everybody of one campaign into a draft, a thousand at a time, and tells how far it is. Broken off it goes on from the
 * draft's cursor; repeated from the beginning it brings nobody twice.
 */
export function copyContacts({ campaigns }: Deps, campaignId: string, source: CopySource, onProgress: (sofar: Enrolled) => void): Promise<Enrolled> {
  return enrolByPages((cursor) => campaigns.copyContacts(campaignId, source.campaign_id, cursor), onProgress, source.cursor)
}
