import { z } from 'zod'
import type { CallFindings } from './callFindings.ts'
import { providerAddressSchema } from './providerConnection.ts'

/** Work that a transaction ordered and somebody has to do outside the database; leased for two minutes to one worker. */
export const outboxJobSchema = z.object({
  id: z.number(),
  kind: z.string(),
  payload: z.unknown(),
  tries: z.number(),
})
export type OutboxJob = z.infer<typeof outboxJobSchema>

export const copyRecordingSchema = providerAddressSchema.extend({
  call_id: z.string(),
  account_id: z.string(),
  provider_call_id: z.string(),
})
export type CopyRecording = z.infer<typeof copyRecordingSchema>

/** What the provider still has of a call whose recording was deleted here. */
export const eraseCallSchema = copyRecordingSchema.omit({ account_id: true })
export type EraseCall = z.infer<typeof eraseCallSchema>

/** A conversation whose analysis the provider left out. */
export const analyseCallSchema = z.object({ call_id: z.string() })
export type AnalyseCall = z.infer<typeof analyseCallSchema>

/** A top-up that is due is charged to the account's card. */
export const chargeCardSchema = z.object({ order_id: z.string() })
export type ChargeCardJob = z.infer<typeof chargeCardSchema>

/** An order was credited: its invoice is made once, for ever. */
export const makeInvoiceSchema = z.object({ order_id: z.string() })
export type MakeInvoiceJob = z.infer<typeof makeInvoiceSchema>

/** The provider says that the cards of an account changed: its list is fetched. */
export const syncCardsSchema = z.object({ account_id: z.string(), customer_id: z.string() })

/** An account was erased: the payment provider is told to forget who paid. */
export const eraseCustomerSchema = z.object({ customer_id: z.string() })
export type EraseCustomerJob = z.infer<typeof eraseCustomerSchema>

/** A mail to one person. The words are in mailTemplates.ts; values holds what they need. */
export const sendMailSchema = z.object({ to: z.string(), template: z.string(), values: z.record(z.string(), z.unknown()) })
export type SendMailJob = z.infer<typeof sendMailSchema>

/** What an account told one of its people, as one mail. What it says is asked when it is sent. */
export const mailNoticesSchema = z.object({ account_id: z.string(), user_id: z.string(), notice_ids: z.array(z.string()) })
export type MailNoticesJob = z.infer<typeof mailNoticesSchema>

/** Somebody was invited; a mail that a newer one followed is not sent. */
export const mailInvitationSchema = z.object({ invitation_id: z.string(), sent_count: z.number() })
export type MailInvitationJob = z.infer<typeof mailInvitationSchema>

/** A failure that is not final is tried again later, eight times in all. */
export type OutboxResult
  = | { ok: true, path?: string, content_type?: string, bytes?: number, channels?: 1 | 2, is_deleted?: boolean, source?: 'rules' | 'model', findings?: CallFindings }
    | { ok: false, error: string, is_final: boolean }
