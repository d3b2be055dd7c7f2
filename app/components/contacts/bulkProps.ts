import type { ContactSelection } from '~~/business/models/contact.ts'

/** Whom a command is for. */
export interface BulkProps {
  selection: ContactSelection
  /** null: more than anybody counts. */
  total: number | null
}
