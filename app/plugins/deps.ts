import { depsKey, type Deps } from '~/composables/useDeps'
import { setClockOffset } from '~/composables/useNow'
import { createAccountRepository } from '~~/business/repositories/accountRepository.ts'
import { createActivityRepository } from '~~/business/repositories/activityRepository.ts'
import { createAssistantRepository } from '~~/business/repositories/assistantRepository.ts'
import { createBillingRepository } from '~~/business/repositories/billingRepository.ts'
import { createCallRepository } from '~~/business/repositories/callRepository.ts'
import { createCampaignRepository } from '~~/business/repositories/campaignRepository.ts'
import { createCheckoutRepository } from '~~/business/repositories/checkoutRepository.ts'
import { createContactGroupRepository } from '~~/business/repositories/contactGroupRepository.ts'
import { createContactRepository } from '~~/business/repositories/contactRepository.ts'
import { createDashboardRepository } from '~~/business/repositories/dashboardRepository.ts'
import { createDoNotCallRepository } from '~~/business/repositories/doNotCallRepository.ts'
import { createImportRepository } from '~~/business/repositories/importRepository.ts'
import { createLiveCallRepository } from '~~/business/repositories/liveCallRepository.ts'
import { createLiveChannels } from '~~/business/repositories/liveChannels.ts'
import { createNoticeRepository } from '~~/business/repositories/noticeRepository.ts'
import { createOperationsRepository } from '~~/business/repositories/operationsRepository.ts'
import { createPrivacyRepository } from '~~/business/repositories/privacyRepository.ts'
import { createProviderRepository } from '~~/business/repositories/providerRepository.ts'
import { createReportRepository } from '~~/business/repositories/reportRepository.ts'
import { createSearchRepository } from '~~/business/repositories/searchRepository.ts'
import { createSecondFactorRepository } from '~~/business/repositories/secondFactorRepository.ts'
import { createSessionRepository } from '~~/business/repositories/sessionRepository.ts'
import { createBrowserSupabase, type BrowserSupabase } from '~~/business/repositories/supabaseClient.ts'
import { createDispositionRepository } from '~~/business/repositories/dispositionRepository.ts'
import { createTeamRepository } from '~~/business/repositories/teamRepository.ts'
import { createTestCallRepository } from '~~/business/repositories/testCallRepository.ts'
import { readWebConfig, type WebConfig } from '~~/config/webConfig.ts'

/** The composition root of the browser: the only place in app/ where Supabase is seen. */
export default defineNuxtPlugin(({ vueApp }) => {
  const config = readWebConfig(window)
  setClockOffset(config.clockOffsetMs)
  vueApp.provide(depsKey, createDeps(config, createBrowserSupabase(config)))
})

function createDeps(config: WebConfig, { auth, functions, edge, tables, realtime, storage }: BrowserSupabase): Deps {
  return {
    config,
    session: createSessionRepository(auth),
    accounts: createAccountRepository(functions),
    activity: createActivityRepository(functions),
    assistants: createAssistantRepository(functions, tables),
    billing: createBillingRepository(functions, storage),
    calls: createCallRepository(functions, storage),
    dispositions: createDispositionRepository(functions),
    campaigns: createCampaignRepository(functions),
    checkout: createCheckoutRepository(edge),
    contactGroups: createContactGroupRepository(functions),
    contacts: createContactRepository(functions),
    dashboard: createDashboardRepository(functions),
    doNotCall: createDoNotCallRepository(functions),
    imports: createImportRepository(functions),
    live: createLiveChannels(realtime),
    liveCalls: createLiveCallRepository(functions, edge),
    notices: createNoticeRepository(functions, edge),
    operations: createOperationsRepository(functions),
    privacy: createPrivacyRepository(functions),
    provider: createProviderRepository(functions, edge),
    reports: createReportRepository(functions),
    search: createSearchRepository(functions),
    secondFactor: createSecondFactorRepository(auth),
    team: createTeamRepository(functions),
    testCalls: createTestCallRepository(functions, edge),
  }
}
