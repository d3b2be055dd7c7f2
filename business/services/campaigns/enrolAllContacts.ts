import type { EnrolAnswer } from '../../models/campaign.ts'
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
export function enrolAllContacts({ campaigns }: Deps, campaignId: string, filter: ContactCriteria, onProgress: (sofar: Enrolled) => void): Promise<Enrolled> {
  return enrolByPages((cursor) => campaigns.enrolAll(campaignId, filter, cursor), onProgress)
}

/** Asks for page after page, from a cursor or the beginning on, until there is none, and adds up what came of them. */
export async function enrolByPages(enrolPage: (cursor: unknown) => Promise<EnrolAnswer>, onProgress: (sofar: Enrolled) => void, from: unknown = null):
Promise<Enrolled> {
  const total: Enrolled = { enrolled: 0, already: 0, blocked: 0 }
  let cursor = from
  do {
    const answer = await enrolPage(cursor)
    total.enrolled += answer.enrolled
    total.already += answer.already
    total.blocked += answer.blocked_count
    cursor = answer.next_cursor
    onProgress({ ...total })
  } while (cursor !== null)
  return total
}
