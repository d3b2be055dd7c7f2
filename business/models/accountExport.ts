/**
 * The parts of an account as its owner takes it along, in the order of the file. table: lines for a spreadsheet; lines: one JSON object a
 * line, for what no cell holds.
 */
export const accountParts = [
  { part: 'account', format: 'lines' }, { part: 'account_rules', format: 'table' }, { part: 'account_hours', format: 'table' }, { part: 'blackout_dates', format: 'table' },
  { part: 'retention_rules', format: 'table' }, { part: 'billing_details', format: 'table' }, { part: 'members', format: 'table' },
  { part: 'contacts', format: 'table' }, { part: 'contact_notes', format: 'table' }, { part: 'tags', format: 'table' }, { part: 'contact_tags', format: 'table' },
  { part: 'lists', format: 'table' }, { part: 'list_members', format: 'table' }, { part: 'consents', format: 'table' }, { part: 'imports', format: 'table' },
  { part: 'do_not_call', format: 'table' }, { part: 'do_not_call_history', format: 'table' },
  { part: 'assistants', format: 'lines' }, { part: 'assistant_versions', format: 'lines' }, { part: 'dispositions', format: 'table' },
  { part: 'campaigns', format: 'lines' }, { part: 'campaign_hours', format: 'table' }, { part: 'campaign_retries', format: 'table' }, { part: 'campaign_members', format: 'table' },
  { part: 'enrolments', format: 'table' }, { part: 'callbacks', format: 'table' }, { part: 'calls', format: 'table' }, { part: 'transcripts', format: 'lines' },
  { part: 'denials', format: 'table' }, { part: 'ledger', format: 'table' }, { part: 'orders', format: 'table' }, { part: 'activity', format: 'lines' },
] as const satisfies { part: string, format: 'table' | 'lines' }[]

export interface AccountPartPage {
  /** All rows of a part have the same columns. */
  rows: Record<string, unknown>[]
  next_cursor: unknown
}

export const partFile = ({ part, format }: (typeof accountParts)[number]): string => `${part}.${format === 'table' ? 'csv' : 'jsonl'}`
