import type { EnrolmentFilter } from '../models/callQueue.ts'
import type { CampaignBlocker, CampaignContent, CampaignDetails, CampaignName, CampaignStatus, EnrolAnswer } from '../models/campaign.ts'
import type { CampaignFilter, CampaignPage } from '../models/campaignList.ts'
import type { ActivityPage, CampaignOverview, CampaignPerson } from '../models/campaignOverview.ts'
import type { CampaignPreview, CampaignWords } from '../models/campaignWords.ts'
import type { ContactCriteria } from '../models/contact.ts'
import type { EnrolmentPage, Explanation } from '../models/enrolment.ts'
import type { ForecastFacts, KeptForecast } from '../models/forecast.ts'
import type { Terms } from '../models/terms.ts'
import { callRpc, type RpcClient } from './rpc.ts'

export type CampaignRepository = ReturnType<typeof createCampaignRepository>

export function createCampaignRepository(supabase: RpcClient) {
  const command = (name: string) => (campaign_id: string) => callRpc<{ status: CampaignStatus }>(supabase, name, { campaign_id })
  return {
    /** page: from 1; one behind the last is empty. */
    list: (account_id: string, filter: CampaignFilter, page: number) => callRpc<CampaignPage>(supabase, 'list_campaigns', { filter: { account_id, ...filter }, page }),
    /** The newest thousand, for a field that asks for one. */
    listNames: (account_id: string) => callRpc<CampaignName[]>(supabase, 'list_campaign_names', { account_id }),
    get: (campaign_id: string) => callRpc<CampaignDetails>(supabase, 'get_campaign', { campaign_id }),
    /** Creates a draft without an id. What content leaves out stays as it is; what may not change now is a conflict that names it. */
    save: (account_id: string, campaign_id: string | null, content: Partial<CampaignContent>) =>
      callRpc<{ campaign_id: string }>(supabase, 'save_campaign', { account_id, campaign_id, content }),
    /** A conflict once the campaign made calls. */
    delete: (campaign_id: string) => callRpc<object>(supabase, 'delete_campaign', { campaign_id }),
    /** What people would hear with these words, saved or not; the contact's place decides what has to be said. Null without a published assistant. */
    preview: (account_id: string, campaign_id: string | null, content: Pick<CampaignContent, 'assistant_id' | keyof CampaignWords>, contact_id: string | null) =>
      callRpc<CampaignPreview | null>(supabase, 'preview_campaign', { account_id, campaign_id, content, contact_id }),
    listBlockers: (campaign_id: string) => callRpc<CampaignBlocker[]>(supabase, 'campaign_blockers', { campaign_id }),

    /** Each is a conflict that names the state found when the campaign is in another; start and resume are not_launchable with the blockers. */
    start: command('start_campaign'),
    pause: command('pause_campaign'),
    resume: command('resume_campaign'),
    stop: command('stop_campaign'),
    unschedule: command('unschedule_campaign'),
    archive: command('archive_campaign'),
    unarchive: command('unarchive_campaign'),

    /** A new draft with the same settings and nobody in it. assistant_id null: the same assistant. */
    duplicate: (campaign_id: string, name: string, assistant_id: string | null) =>
      callRpc<{ campaign_id: string }>(supabase, 'duplicate_campaign', { campaign_id, name, assistant_id }),
    /** Up to a thousand contacts of the other campaign, from the cursor on; the answer's cursor is null after the last. */
    copyContacts: (campaign_id: string, from_campaign_id: string, cursor: unknown) =>
      callRpc<EnrolAnswer>(supabase, 'copy_contacts', { campaign_id, from_campaign_id, cursor }),

    /** launch_at: local time of the campaign's zone, "2026-03-01T09:00". Scheduling again moves it. */
    schedule: (campaign_id: string, launch_at: string) =>
      callRpc<{ status: CampaignStatus, launch_at: string }>(supabase, 'schedule_campaign', { campaign_id, launch_at }),

    /** Calls without the consent its purpose needs, for a reason that is logged; null takes that back. Owners and admins only. */
    overrideConsent: (campaign_id: string, reason: string | null) =>
      callRpc<{ is_overridden: boolean, is_judged: boolean }>(supabase, 'override_consent', { campaign_id, reason }),

    /** Takes the newest version of its assistant; only while it is paused. */
    repin: (campaign_id: string) => callRpc<{ version: number }>(supabase, 'repin_assistant', { campaign_id }),

    /** Up to a thousand matching contacts from the cursor on; the answer's cursor is null after the last. */
    enrolAll: (campaign_id: string, filter: ContactCriteria, cursor: unknown) =>
      callRpc<EnrolAnswer>(supabase, 'enrol_all_contacts', { campaign_id, filter, cursor }),

    /** At most a thousand contacts by id. */
    enrol: (campaign_id: string, contact_ids: string[]) =>
      callRpc<{ enrolled: number, already: number, blocked: { contact_id: string, reason: string }[] }>(supabase, 'enrol_contacts', { campaign_id, contact_ids }),

    /** Takes up to five thousand contacts out of a draft; left: how many are still in it. */
    empty: (campaign_id: string) => callRpc<{ removed: number, left: number }>(supabase, 'empty_campaign', { campaign_id }),

    /** The terms that hold now; null where there are none. */
    getTerms: (account_id: string) => callRpc<Terms | null>(supabase, 'current_terms', { account_id }),
    /** A conflict when the version is not the newest. */
    acceptTerms: (account_id: string, version: number) => callRpc<Terms>(supabase, 'accept_terms', { account_id, version }),

    /** In calling order. */
    listEnrolments: (campaign_id: string, filter: EnrolmentFilter, cursor: unknown, page_size = 20) =>
      callRpc<EnrolmentPage>(supabase, 'list_enrolments', { campaign_id, filter, cursor, page_size }),

    /** Every gate between a contact and its next call; asks the same functions that dial. */
    explain: (enrolment_id: string) => callRpc<Explanation>(supabase, 'explain_enrolment', { enrolment_id }),

    /** What a forecast is made from; counts, nothing personal. */
    /** Only the first figures soon after the start are kept; others change nothing. */
    keepForecast: (campaign_id: string, figures: Omit<KeptForecast, 'kept_at'>) => callRpc<{ is_kept: boolean }>(supabase, 'keep_forecast', { campaign_id, figures }),
    getForecastFacts: (campaign_id: string) => callRpc<ForecastFacts>(supabase, 'forecast_facts', { campaign_id }),

    /** Its calls in time, by day, by hour and by the hour of the contacts' week. */
    getOverview: (campaign_id: string) => callRpc<CampaignOverview>(supabase, 'campaign_overview', { campaign_id }),
    /** Who changed what, the newest first; for whoever may read the account's activity. */
    listActivity: (campaign_id: string, cursor: unknown) => callRpc<ActivityPage>(supabase, 'list_campaign_activity', { campaign_id, cursor }),
    /** Everybody of the account, and who of them works on this campaign. */
    listPeople: (campaign_id: string) => callRpc<CampaignPerson[]>(supabase, 'list_campaign_people', { campaign_id }),
    assign: (campaign_id: string, user_id: string, is_assigned: boolean) => callRpc<object>(supabase, 'assign_to_campaign', { campaign_id, user_id, is_assigned }),

    /** Takes a contact out of the campaign. */
    removeEnrolment: (enrolment_id: string) => callRpc<object>(supabase, 'remove_enrolment', { enrolment_id }),
    /** Next in line, if nothing forbids the call. */
    callNow: (enrolment_id: string) => callRpc<object>(supabase, 'call_now', { enrolment_id }),
    /** local_time: "2026-11-23T09:00" by the clocks of the contact's zone; the answer is the first moment from then on at which calling is allowed. */
    requestCallback: (enrolment_id: string, local_time: string, note: string) =>
      callRpc<{ at: string }>(supabase, 'request_callback', { enrolment_id, local_time, note }),
  }
}
