import { z } from 'zod'
import { callSentimentSchema, dispositionSchema } from './call.ts'
import { offeredDispositionSchema } from './disposition.ts'

/** Who made what is known of a conversation: the carrier's own analysis, our rules, or a model that we asked. */
export const analysisSourceSchema = z.enum(['provider', 'rules', 'model'])
export type AnalysisSource = z.infer<typeof analysisSourceSchema>

/** A conversation whose analysis the carrier left out, as far as an analyser needs it: no name, no number. */
export const conversationToAnalyseSchema = z.object({
  /** false: the account is in HIPAA mode, and its conversations leave the house for no model of ours. */
  may_ask_model: z.boolean(),
  /** BCP 47, as the assistant spoke. */
  language: z.string(),
  turns: z.array(z.object({ role: z.enum(['assistant', 'contact']), text: z.string() })),
  /** What the assistant calls a success; empty when it says nothing about it. */
  success_criterion: z.string(),
  dispositions: z.array(offeredDispositionSchema),
})
export type ConversationToAnalyse = z.infer<typeof conversationToAnalyseSchema>

/** What an analyser makes of a conversation. A model's answer is read with the same schema: what does not fit is no answer. */
export const callFindingsSchema = z.object({
  summary: z.string().trim().min(1).max(2000),
  keywords: z.array(z.string().trim().min(1).max(60)).max(12),
  sentiment: callSentimentSchema.nullable(),
  next_action: z.string().trim().max(300).nullable(),
  disposition: dispositionSchema.nullable(),
  /** The id of one of the account's own. Anything else is none, and spoils no answer: private.chosen_disposition looks at it once more. */
  own_disposition: z.uuid().nullable().catch(null),
  /** The person asked not to be called again. */
  opt_out: z.boolean(),
  /** Whether the criterion was met; null where there is none or it cannot be told. */
  success: z.boolean().nullable(),
})
export type CallFindings = z.infer<typeof callFindingsSchema>
