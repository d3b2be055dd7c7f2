import type { CampaignRepository } from '../../repositories/campaignRepository.ts'
import type { Enrolled } from './enrolAllContacts.ts'

interface Deps {
  campaigns: Pick<CampaignRepository, 'enrol'>
}

const chunkSize = 1000

/** Enrols these contacts, a thousand at a time, and tells how far it is. Broken off and repeated it enrols nobody twice. */
export async function enrolContacts({ campaigns }: Deps, campaignId: string, contactIds: string[], onProgress: (sofar: Enrolled) => void): Promise<Enrolled> {
  const total: Enrolled = { enrolled: 0, already: 0, blocked: 0 }
  for (let from = 0; from < contactIds.length; from += chunkSize) {
    const answer = await campaigns.enrol(campaignId, contactIds.slice(from, from + chunkSize))
    total.enrolled += answer.enrolled
    total.already += answer.already
    total.blocked += answer.blocked.length
    onProgress({ ...total })
  }
  return total
}
