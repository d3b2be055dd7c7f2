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

/** One of the account's own words as an analysis is offered it: whatever it answers beside these ids counts for nothing. */
export const offeredDispositionSchema = z.object({ id: z.string(), name: z.string(), meaning: dispositionMeaningSchema, description: z.string() })
export type OfferedDisposition = z.infer<typeof offeredDispositionSchema>

/** The words as a model reads them, one a line: "id: Visit booked (positive). A day for the visit was agreed." */
export function wordsToChooseFrom(dispositions: readonly OfferedDisposition[]): string {
  return dispositions.map(({ id, name, meaning, description }) => `${id}: ${[`${name} (${meaning})`, description].filter(Boolean).join('. ')}`.replace(/\s+/gu, ' ')).join('\n')
}

/** What a conversation means in an account's own words; a call that has it has the platform's word for its meaning, too. */
export interface OwnDisposition {
  id: string
  name: string
  meaning: DispositionMeaning
  /** When it fits, for people and for the analysis; empty where its name says all. */
  description: string
  /** Not offered any more; calls that have it keep it. */
  is_archived: boolean
  /** Calls have it: what it means stays. */
  is_used: boolean
}

/** What a person writes down about one. */
export type DispositionContent = Pick<OwnDisposition, 'name' | 'meaning' | 'description'>

export const dispositionNameMax = 60
export const dispositionDescriptionMax = 200

/** private.offered_dispositions: an analysis chooses among so many, the first by name. */
export const offeredDispositionsMax = 30

/** What a person chose for a call: a word of the platform, or one of the account's own. */
export interface ChosenDisposition { disposition?: Disposition, own_disposition_id?: string }
