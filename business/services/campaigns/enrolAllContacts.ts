import type { ContactCriteria } from '../../models/contact.ts'
import type { CampaignRepository } from '../../repositories/campaignRepository.ts'

interface Deps {
  campaigns: Pick<CampaignRepository, 'enrolAll'>
}

export interface Enrolled {
  enrolled: number
  already: number
  blocked: number
}

/** Enrols everybody who matches, a thousand at a time, and tells how far it is. Broken off and repeated it enrols nobody twice. */
export async function enrolAllContacts(
  { campaigns }: Deps,
  campaignId: string,
  filter: ContactCriteria,
  onProgress: (sofar: Enrolled) => void,
): Promise<Enrolled> {
  const total: Enrolled = { enrolled: 0, already: 0, blocked: 0 }
  let cursor: unknown = null
  do {
    const answer = await campaigns.enrolAll(campaignId, filter, cursor)
    total.enrolled += answer.enrolled
    total.already += answer.already
    total.blocked += answer.blocked_count
    cursor = answer.next_cursor
    onProgress({ ...total })
  } while (cursor !== null)
  return total
}
