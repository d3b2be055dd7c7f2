/**
 * The account's do-not-call list: numbers nobody dials, whatever campaign they are in. Sticky: no later import, disposition or
 * edit takes one off; an owner or admin does, with a reason, and the history keeps both.
 */

/** How a number came onto the list. */
export const optOutSources = [
  /** The person said so in the conversation, and the assistant listed the number at once. */
  'tool_call',
  /** The analysis after the call found that the person said so. */
  'analysis',
  /** Somebody set the call's disposition to it. */
  'disposition',
  /** It stood in a list that somebody brought. */
  'import',
  /** The account's own program said so. */
  'api',
  /** Somebody wrote it down here. */
  'hand',
] as const
export type OptOutSource = (typeof optOutSources)[number]

/** What can happen to a number on the list. */
export const listChanges = ['added', 'removed'] as const
export type ListChange = (typeof listChanges)[number]

export interface ListedNumber {
  id: string
  /** E.164. Masked, like the name, for people who may not see personal values. */
  phone: string
  source: OptOutSource
  reason: string
  /** The call in which the person asked for it. */
  call_id: string | null
  created_at: string
  /** null when no person did it: the assistant, the analysis. */
  created_by_name: string | null
  /** The contact who has this number, if any. */
  contact_id: string | null
  contact_name: string | null
}

export interface ListedNumberPage {
  rows: ListedNumber[]
  next_cursor: unknown
  /** Exact up to 10,000, then null. */
  total_count: number | null
  /** Numbers of people who were erased at their wish: they stand on the list, and nobody can be shown which they are. */
  erased_count: number
  /** The searched text, where it is one of those as a whole. */
  erased: ErasedNumber | null
}

export interface ErasedNumber {
  /** E.164, as it was searched for. */
  phone: string
  erased_at: string
  /** null: a person who is no member any more. */
  erased_by_name: string | null
}

export interface DoNotCallFilter {
  account_id: string
  /** Part of a number or of its contact's name. */
  text?: string
}

/** One line of a number's history on the list, the newest first. */
export interface ListedNumberChange {
  change: ListChange
  source: OptOutSource
  reason: string
  call_id: string | null
  created_at: string
  actor_name: string | null
}

export interface OptOutResult {
  phone: string
  /** 0 when the number stood on the list already. */
  added_count: number
  /** Campaigns in which it waited and waits no more. */
  enrolments_count: number
  /** Of these, how many were about to be dialled. */
  voided_count: number
}

export interface DoNotCallImport extends Omit<OptOutResult, 'phone'> {
  already_count: number
  /** By their place in what was sent, from 1. */
  refused: { row: number, field: 'phone', code: 'invalid_number' }[]
}

export const listReasonMax = 500
