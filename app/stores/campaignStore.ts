import { defineStore } from 'pinia'
import { useDeps } from '~/composables/useDeps'
import { useReread, useRunAndReread } from '~/composables/useReread'
import { useAccountStore } from '~/stores/accountStore'
import type { CampaignContent } from '~~/business/models/campaign.ts'
import type { CampaignFilter } from '~~/business/models/campaignList.ts'
import type { CampaignWords } from '~~/business/models/campaignWords.ts'
import { conditionsIn, criteriaOf } from '~~/business/models/contactFilter.ts'
import { copyContacts, type CopySource } from '~~/business/services/campaigns/copyContacts.ts'
import { emptyCampaign } from '~~/business/services/campaigns/emptyCampaign.ts'
import { enrolAllContacts, type Enrolled } from '~~/business/services/campaigns/enrolAllContacts.ts'

/** The campaigns of the current account and the verbs that change them. */
export const useCampaignStore = defineStore('campaign', () => {
  const { campaigns } = useDeps()
  const accounts = useAccountStore()
  const reread = useReread()

  const run = useRunAndReread('campaigns')

  async function save(campaignId: string | null, content: Partial<CampaignContent>): Promise<string> {
    const { campaign_id } = await run(campaigns.save(accounts.requireId(), campaignId, content))
    return campaign_id
  }

  async function remove(campaignId: string) {
    await campaigns.delete(campaignId)
    // Its own page is still open and would ask for what is gone.
    await reread(['campaigns', accounts.requireId(), 'list'], ['campaigns', accounts.requireId(), 'names'])
  }

  return {
    list: (filter: CampaignFilter, page: number) => campaigns.list(accounts.requireId(), filter, page),
    listNames: () => campaigns.listNames(accounts.requireId()),
    get: campaigns.get,
    listBlockers: campaigns.listBlockers,
    listEnrolments: campaigns.listEnrolments,
    getForecastFacts: campaigns.getForecastFacts,
    keepForecast: campaigns.keepForecast,
    getOverview: campaigns.getOverview,
    listActivity: campaigns.listActivity,
    listPeople: campaigns.listPeople,
    assign: (id: string, userId: string, isAssigned: boolean) => run(campaigns.assign(id, userId, isAssigned)),
    save,
    remove,
    preview: (id: string | null, words: CampaignWords & { assistant_id: string | null }, contactId: string | null) =>
      campaigns.preview(accounts.requireId(), id, words, contactId),
    start: (id: string) => run(campaigns.start(id)),
    pause: (id: string) => run(campaigns.pause(id)),
    resume: (id: string) => run(campaigns.resume(id)),
    stop: (id: string) => run(campaigns.stop(id)),
    schedule: (id: string, launchAt: string) => run(campaigns.schedule(id, launchAt)),
    unschedule: (id: string) => run(campaigns.unschedule(id)),
    archive: (id: string) => run(campaigns.archive(id)),
    unarchive: (id: string) => run(campaigns.unarchive(id)),
    duplicate: async (id: string, name: string, assistantId: string | null) => (await run(campaigns.duplicate(id, name, assistantId))).campaign_id,
    copyContacts: (id: string, source: CopySource, onProgress: (sofar: Enrolled) => void) => run(copyContacts({ campaigns }, id, source, onProgress)),
    repin: (id: string) => run(campaigns.repin(id)),
    explain: campaigns.explain,
    skip: (enrolmentId: string) => run(campaigns.removeEnrolment(enrolmentId)),
    callNow: (enrolmentId: string) => run(campaigns.callNow(enrolmentId)),
    /** audience: as the address of the contact table says it. */
    enrolAll: (id: string, audience: string, onProgress: (sofar: Enrolled) => void) =>
      run(enrolAllContacts({ campaigns }, id, criteriaOf(conditionsIn(audience)), onProgress)),
    /** Takes everybody out of a draft, whatever their number. */
    empty: (id: string) => run(emptyCampaign({ campaigns }, id)),
    getTerms: () => campaigns.getTerms(accounts.requireId()),
    acceptTerms: (version: number) => run(campaigns.acceptTerms(accounts.requireId(), version)),
    overrideConsent: (id: string, reason: string | null) => run(campaigns.overrideConsent(id, reason)),
    refresh: () => reread('campaigns'),
  }
})
