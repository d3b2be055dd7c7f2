import type { Contact, ContactSelection } from '../../models/contact.ts'
import type { ContactRepository } from '../../repositories/contactRepository.ts'
import { eachPage, type PageProgress } from '../eachPage.ts'
import type { TableFile } from '../tableFile.ts'

interface Deps {
  contacts: Pick<ContactRepository, 'exportPage'>
  /** Empty, and open until everybody is in. */
  file: TableFile
}

export interface ExportWords {
  /** The head of a column; the same names that an upload recognises. */
  columnOf: (name: ContactColumn) => string
  statusOf: (status: Contact['status']) => string
}

export interface ExportTask {
  selection: ContactSelection
  words: ExportWords
}

/** What everybody has; the account's own further fields follow, in the order in which they are met. */
export const contactColumns = [
  'name', 'phone', 'email', 'company', 'time_zone', 'region', 'locale', 'segment', 'status', 'tags', 'lists', 'last_call', 'next_attempt', 'added',
] as const
export type ContactColumn = (typeof contactColumns)[number]

/** Everybody who is meant, as a file, a thousand at a time; null when it was stopped. */
export async function exportContacts({ contacts, file }: Deps, { selection, words }: ExportTask, progress: PageProgress): Promise<Blob | null> {
  const attributes = new Map<string, number>()
  const isWhole = await eachPage(
    (cursor) => contacts.exportPage(selection, cursor),
    (rows) => file.add(rows.map((contact) => cellsOf(contact, attributes, words))), progress)
  return isWhole ? file.finish([...contactColumns.map(words.columnOf), ...attributes.keys()]) : null
}

/** Meets each further field once and gives it the next column. */
function cellsOf(contact: Contact, attributes: Map<string, number>, words: ExportWords): string[] {
  const own = Object.entries(contact.attributes)
  for (const [name] of own) if (!attributes.has(name)) attributes.set(name, attributes.size)
  const cells = [...contactColumns.map((column) => cellOf(contact, column, words)), ...Array.from(attributes, () => '')]
  for (const [name, value] of own) cells[contactColumns.length + attributes.get(name)!] = textOf(value)
  return cells
}

function cellOf(contact: Contact, column: ContactColumn, { statusOf }: ExportWords): string {
  switch (column) {
    case 'time_zone': return contact.time_zone ?? ''
    case 'status': return statusOf(contact.status)
    case 'tags': case 'lists': return contact[column].map(({ name }) => name).join(', ')
    case 'last_call': return contact.last_call_at ?? ''
    case 'next_attempt': return contact.next_attempt_at ?? ''
    case 'added': return contact.created_at
    default: return contact[column]
  }
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : value === null || value === undefined ? '' : JSON.stringify(value))
