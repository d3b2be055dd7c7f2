/** Lists, audiences and tags, made by the commands that people use. */
import type { Editor } from './campaign.ts'

type Row = Record<string, unknown>

export async function createList(account: Editor, content: Row): Promise<string> {
  const { list_id: id } = await account.owner.rpc<{ list_id: string }>('save_contact_list', { account_id: account.accountId, list_id: null, content })
  return id
}

export const createAudience = (account: Editor, name: string, filter: Row): Promise<string> => createList(account, { name, kind: 'audience', filter })

export async function createTag(account: Editor, name: string): Promise<string> {
  const { tag_id: id } = await account.owner.rpc<{ tag_id: string }>('save_tag', { account_id: account.accountId, tag_id: null, name })
  return id
}
