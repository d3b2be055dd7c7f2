/** Every guard there is: those of the catalogue and those written down here. */
import type { Sql } from 'postgres'
import { catalogueMutations } from './catalogue.ts'
import { accountExportGuards } from './guards/accountExport.ts'
import { accountStateGuards } from './guards/accountStates.ts'
import { alertGuards } from './guards/alerts.ts'
import { analysisGuards } from './guards/analysis.ts'
import { auditGuards } from './guards/audit.ts'
import { billingGuards } from './guards/billing.ts'
import { callGuards } from './guards/calls.ts'
import { campaignGuards } from './guards/campaigns.ts'
import { claimGuards } from './guards/claim.ts'
import { commandGuards } from './guards/commands.ts'
import { contactGuards } from './guards/contacts.ts'
import { dialGuards } from './guards/dial.ts'
import { eraseAccountGuards } from './guards/eraseAccount.ts'
import { eraseContactGuards } from './guards/eraseContact.ts'
import { gateGuards } from './guards/gates.ts'
import { hardeningGuards } from './guards/hardening.ts'
import { hipaaModeGuards } from './guards/hipaaMode.ts'
import { importGuards } from './guards/imports.ts'
import { liveCallGuards } from './guards/liveCalls.ts'
import { moneyGuards } from './guards/money.ts'
import { noticeGuards } from './guards/notices.ts'
import { providerGuards } from './guards/providers.ts'
import { repairGuards } from './guards/repair.ts'
import { retentionGuards } from './guards/retention.ts'
import { reportGuards } from './guards/reports.ts'
import { searchGuards } from './guards/search.ts'
import { settleGuards } from './guards/settle.ts'
import { teamGuards } from './guards/team.ts'
import { testCallGuards } from './guards/testCalls.ts'
import { textRetentionGuards } from './guards/textRetention.ts'
import { windowGuards } from './guards/windows.ts'
import type { Mutation } from './mutation.ts'

const DECLARED = [...gateGuards, ...windowGuards, ...dialGuards, ...claimGuards, ...settleGuards, ...repairGuards, ...retentionGuards, ...analysisGuards,
  ...commandGuards, ...contactGuards, ...billingGuards, ...importGuards, ...moneyGuards, ...noticeGuards, ...searchGuards,
  ...accountStateGuards, ...textRetentionGuards, ...eraseAccountGuards, ...eraseContactGuards, ...accountExportGuards, ...hipaaModeGuards,
  ...campaignGuards, ...callGuards, ...liveCallGuards, ...teamGuards, ...testCallGuards,
  ...reportGuards, ...hardeningGuards, ...auditGuards, ...alertGuards, ...providerGuards]

export async function allMutations(sql: Pick<Sql, 'unsafe'>): Promise<Mutation[]> {
  return [...await catalogueMutations(sql), ...DECLARED]
}
