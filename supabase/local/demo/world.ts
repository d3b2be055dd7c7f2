/** What whoever makes the demo carries along. */
import type { ContactRow } from './contacts.ts'
import type { Session, Who } from './session.ts'

export interface World {
  session: Session
  accountId: string
  people: { owner: string, manager: string }
  seed: string
  /** How many contacts the account gets; the three campaigns share them. */
  contacts: number
  campaigns: Partial<Record<CampaignName, string>>
  assistants: Partial<Record<AssistantName, string>>
  enrolled: Partial<Record<CampaignName, string[]>>
}

export type CampaignName = 'introduction' | 'checkIn' | 'presentation'
export type AssistantName = 'clara' | 'emma' | 'lucia'

/** A command of the product, as somebody. */
export function act<T = Record<string, unknown>>({ session }: World, who: Who, name: string, args: Record<string, unknown>): Promise<T> {
  session.become(who)
  return session.rpc<T>(name, args)
}

interface File { name: string, rows: ContactRow[], consent: Record<string, unknown> | null, list: string, tags: string[] }

const ROWS_PER_CHUNK = 1000

/** A file through the import, as the page does it. Answers the contacts in the order of the rows. */
export async function importFile(world: World, who: Who, { name, rows, consent, list, tags }: File): Promise<string[]> {
  const account_id = world.accountId
  const { list_id } = await act<{ list_id: string }>(world, who, 'save_contact_list', { account_id, list_id: null, content: { name: list } })
  const tag_ids: string[] = []
  for (const tag of tags) tag_ids.push((await act<{ tag_id: string }>(world, who, 'save_tag', { account_id, tag_id: null, name: tag })).tag_id)
  const { import_id } = await act<{ import_id: string }>(world, who, 'create_import', { account_id, file_name: name, row_count: rows.length, consent, options: { list_id, tag_ids } })
  const ids: string[] = []
  for (let chunk = 0; chunk * ROWS_PER_CHUNK < rows.length; chunk++) {
    const part = rows.slice(chunk * ROWS_PER_CHUNK, (chunk + 1) * ROWS_PER_CHUNK)
    ids.push(...(await act<{ contact_ids: string[] }>(world, who, 'import_contacts', { import_id, chunk, rows: part })).contact_ids)
  }
  await act(world, who, 'finish_import', { import_id })
  return ids
}
