import { z } from 'zod'
import type { Disposition } from './call.ts'

/** Whether a conversation ended as the account hoped. */
export const dispositionMeaningSchema = z.enum(['positive', 'neutral', 'negative'])
export type DispositionMeaning = z.infer<typeof dispositionMeaningSchema>

/** What the platform's words mean; private.is_positive and private.word_for in SQL know the same. */
export const meaningOf: Readonly<Record<Disposition, DispositionMeaning>> = {
  interested: 'positive',
  information: 'neutral',
  callback: 'neutral',
  voicemail: 'neutral',
  no_conversation: 'neutral',
  not_interested: 'negative',
  do_not_call: 'negative',
  wrong_number: 'negative',
}

/** What a conversation means in an account's own words; a call that has it has the platform's word for its meaning, too. */
export interface OwnDisposition {
  id: string
  name: string
  meaning: DispositionMeaning
  /** Not offered any more; calls that have it keep it. */
  is_archived: boolean
  /** Calls have it: what it means stays. */
  is_used: boolean
}

export const dispositionNameMax = 60

/** What a person chose for a call: a word of the platform, or one of the account's own. */
export interface ChosenDisposition { disposition?: Disposition, own_disposition_id?: string }
