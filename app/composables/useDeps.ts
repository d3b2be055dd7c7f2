import { inject, type InjectionKey } from 'vue'
import type { AccountRepository } from '~~/business/repositories/accountRepository.ts'
import type { ActivityRepository } from '~~/business/repositories/activityRepository.ts'
import type { AssistantRepository } from '~~/business/repositories/assistantRepository.ts'
import type { BillingRepository } from '~~/business/repositories/billingRepository.ts'
import type { CallRepository } from '~~/business/repositories/callRepository.ts'
import type { CampaignRepository } from '~~/business/repositories/campaignRepository.ts'
import type { CheckoutRepository } from '~~/business/repositories/checkoutRepository.ts'
import type { ContactGroupRepository } from '~~/business/repositories/contactGroupRepository.ts'
import type { ContactRepository } from '~~/business/repositories/contactRepository.ts'
import type { DashboardRepository } from '~~/business/repositories/dashboardRepository.ts'
import type { DispositionRepository } from '~~/business/repositories/dispositionRepository.ts'
import type { DoNotCallRepository } from '~~/business/repositories/doNotCallRepository.ts'
import type { ImportRepository } from '~~/business/repositories/importRepository.ts'
import type { LiveCallRepository } from '~~/business/repositories/liveCallRepository.ts'
import type { LiveChannels } from '~~/business/repositories/liveChannels.ts'
import type { NoticeRepository } from '~~/business/repositories/noticeRepository.ts'
import type { OperationsRepository } from '~~/business/repositories/operationsRepository.ts'
import type { PrivacyRepository } from '~~/business/repositories/privacyRepository.ts'
import type { ProviderRepository } from '~~/business/repositories/providerRepository.ts'
import type { ReportRepository } from '~~/business/repositories/reportRepository.ts'
import type { SearchRepository } from '~~/business/repositories/searchRepository.ts'
import type { SecondFactorRepository } from '~~/business/repositories/secondFactorRepository.ts'
import type { SessionRepository } from '~~/business/repositories/sessionRepository.ts'
import type { TeamRepository } from '~~/business/repositories/teamRepository.ts'
import type { TestCallRepository } from '~~/business/repositories/testCallRepository.ts'
import type { WebConfig } from '~~/config/webConfig.ts'

/** Everything the app may reach outside itself. Filled once, in plugins/deps.ts; tests provide their own. */
export interface Deps {
  config: WebConfig
  session: SessionRepository
  accounts: AccountRepository
  activity: ActivityRepository
  assistants: AssistantRepository
  billing: BillingRepository
  calls: CallRepository
  dispositions: DispositionRepository
  campaigns: CampaignRepository
  checkout: CheckoutRepository
  contactGroups: ContactGroupRepository
  contacts: ContactRepository
  dashboard: DashboardRepository
  doNotCall: DoNotCallRepository
  imports: ImportRepository
  live: LiveChannels
  liveCalls: LiveCallRepository
  notices: NoticeRepository
  operations: OperationsRepository
  privacy: PrivacyRepository
  provider: ProviderRepository
  reports: ReportRepository
  search: SearchRepository
  secondFactor: SecondFactorRepository
  team: TeamRepository
  testCalls: TestCallRepository
}

export const depsKey: InjectionKey<Deps> = Symbol('deps')

/** For stores and composables; components go through a store. */
export function useDeps(): Deps {
  const deps = inject(depsKey)
  if (!deps) throw new Error('No deps provided: plugins/deps.ts does it in the app, global.provide in a test')
  return deps
}
