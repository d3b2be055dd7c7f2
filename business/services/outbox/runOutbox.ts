import {
  analyseCallSchema, chargeCardSchema, copyRecordingSchema, eraseCallSchema, eraseCustomerSchema, mailInvitationSchema, mailNoticesSchema, makeInvoiceSchema,
  sendMailSchema, syncCardsSchema,
  type OutboxJob, type OutboxResult,
} from '../../models/outboxJob.ts'
import type { PaymentGateway } from '../../gateways/payments/paymentGateway.ts'
import type { Clock, Log } from '../../models/runtime.ts'
import type { OutboxRepository } from '../../repositories/outboxRepository.ts'
import type { PaymentRepository } from '../../repositories/paymentRepository.ts'
import type { RecordingRepository } from '../../repositories/recordingRepository.ts'
import { syncCards } from '../billing/cards.ts'
import { analyseCall, type AnalysisDeps } from '../calls/analysis/analyseCall.ts'
import { inPool } from '../inPool.ts'
import { chargeCard, type ChargeDeps } from './chargeCard.ts'
import { copyRecording, type CopyDeps } from './copyRecording.ts'
import { deleteRecording, type DeletionDeps } from './deleteRecording.ts'
import { eraseCall, type ErasureDeps } from './eraseCall.ts'
import { eraseCustomer, type CustomerErasureDeps } from './eraseCustomer.ts'
import { makeInvoice, type InvoiceDeps } from './makeInvoice.ts'
import { mailInvitation, type InvitationMailDeps } from './mailInvitation.ts'
import { mailNotices, type NoticeMailDeps } from './mailNotices.ts'
import { sendMail } from './sendMail.ts'

export interface OutboxDeps extends AnalysisDeps, CopyDeps, DeletionDeps, ErasureDeps, InvitationMailDeps, InvoiceDeps, NoticeMailDeps, ChargeDeps,
  CustomerErasureDeps {
  outbox: Pick<OutboxRepository, 'claim' | 'record' | 'getInvitationMail' | 'getNoticeMail' | 'recordingToDelete' | 'callToAnalyse'>
  recordings: Pick<RecordingRepository, 'store' | 'remove'>
  payments: Pick<PaymentRepository, 'orderForCharge' | 'recordCharge' | 'invoiceFacts' | 'recordCards'>
  gateway: Pick<PaymentGateway, 'chargeCard' | 'eraseCustomer' | 'listCards'> | null
  clock: Clock
  log: Log
}

const jobsPerRound = 10
const jobsAtOnce = 4
/** No new round after this: a worker of the hosted platform lives for 150 seconds. */
const budgetMs = 30_000

/** Does what transactions ordered, round after round, until nothing is due. A job that dies here is leased again later. */
export async function runOutbox(deps: OutboxDeps): Promise<{ done: number }> {
  const startedAt = deps.clock()
  let done = 0
  while (deps.clock() - startedAt < budgetMs) {
    const jobs = await deps.outbox.claim(jobsPerRound)
    if (jobs.length === 0) break
    await inPool(jobs, jobsAtOnce, (job) => doJob(deps, job))
    done += jobs.length
  }
  return { done }
}

/** A job whose answer cannot be stored comes back when its lease ends; it must not keep the others waiting. */
async function doJob(deps: OutboxDeps, job: OutboxJob): Promise<void> {
  try {
    const result = await resultOf(deps, job).catch(failed)
    const { state } = await deps.outbox.record(job.id, result)
    deps.log(result.ok ? 'info' : 'warn', 'job.answered', { id: job.id, kind: job.kind, state, error: result.ok ? undefined : result.error })
  } catch (error) {
    deps.log('error', 'job.broken', { id: job.id, kind: job.kind, error: String(error) })
  }
}

/** A kind this version does not know belongs to a newer deployment, which will find the job again. */
async function resultOf(deps: OutboxDeps, { id, kind, payload, tries }: OutboxJob): Promise<OutboxResult> {
  switch (kind) {
    case 'analyse_call': return analyseCall(deps, analyseCallSchema.parse(payload))
    case 'copy_recording': return copyRecording(deps, copyRecordingSchema.parse(payload), tries)
    case 'charge_card': return chargeCard(deps, chargeCardSchema.parse(payload), tries)
    case 'delete_recording': return deleteRecording(deps, id)
    case 'erase_call': return eraseCall(deps, eraseCallSchema.parse(payload))
    case 'erase_customer': return eraseCustomer(deps, eraseCustomerSchema.parse(payload))
    case 'make_invoice': return makeInvoice(deps, makeInvoiceSchema.parse(payload))
    case 'mail_invitation': return mailInvitation(deps, mailInvitationSchema.parse(payload), id)
    case 'mail_notices': return mailNotices(deps, mailNoticesSchema.parse(payload), id)
    case 'send_mail': return sendMail(deps, sendMailSchema.parse(payload), id)
    case 'sync_cards': return refreshCards(deps, payload)
    default: return { ok: false, error: `unknown kind of job: ${kind}`, is_final: false }
  }
}

async function refreshCards({ payments, gateway }: OutboxDeps, payload: unknown): Promise<OutboxResult> {
  if (!gateway) return { ok: false, error: 'no payment provider', is_final: false }
  const { account_id, customer_id } = syncCardsSchema.parse(payload)
  await syncCards({ payments, gateway }, account_id, customer_id)
  return { ok: true }
}

function failed(error: unknown): OutboxResult {
  return { ok: false, error: error instanceof Error ? error.message : String(error), is_final: false }
}
