import { z } from 'zod'
import { conversationToAnalyseSchema } from '../models/callFindings.ts'
import { outboxJobSchema, type MailInvitationJob, type MailNoticesJob, type OutboxResult } from '../models/outboxJob.ts'
import { noticeMailSchema } from '../models/noticeMail.ts'
import { invitationMailSchema } from '../models/team.ts'
import { callRpc, type RpcClient } from './rpc.ts'

export type OutboxRepository = ReturnType<typeof createOutboxRepository>

const jobsSchema = z.object({ jobs: z.array(outboxJobSchema) })

export function createOutboxRepository(supabase: RpcClient) {
  return {
    /** Leases due jobs to the caller; a worker that dies gives them back by doing nothing. */
    claim: async (limit: number) => (await callRpc(supabase, 'claim_outbox', { batch_size: limit }, jobsSchema)).jobs,

    /** A second answer for a finished job changes nothing. */
    record: (id: number, result: OutboxResult) => callRpc<{ state: string }>(supabase, 'record_outbox', { id, result }),

    /** Asked just before a recording is deleted. null: it is gone, or is kept for longer now. */
    recordingToDelete: (job_id: number) => callRpc(supabase, 'recording_to_delete', { job_id }, z.object({ path: z.string() }).nullable()),

    /** null: nothing is missing of its analysis, or there was no conversation. */
    callToAnalyse: (call_id: string) => callRpc(supabase, 'call_to_analyse', { call_id }, conversationToAnalyseSchema.nullable()),

    /** null: it is no longer open, or a newer mail followed. */
    getInvitationMail: ({ invitation_id, sent_count }: MailInvitationJob) =>
      callRpc(supabase, 'invitation_mail', { invitation_id, sent_count }, invitationMailSchema.nullable()),

    /** null: there is nothing left to say to this person. */
    getNoticeMail: ({ account_id, user_id, notice_ids }: MailNoticesJob) =>
      callRpc(supabase, 'notice_mail', { account_id, user_id, notice_ids }, noticeMailSchema.nullable()),

    /** Stops the mails that the link names; not_found for whatever is no link of ours. */
    unsubscribe: (token: string) => callRpc<{ topics: string[] }>(supabase, 'unsubscribe', { token }),
  }
}
