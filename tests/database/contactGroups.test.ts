/** Lists, audiences, tags, and what is done to many contacts at once: chosen ones, or all whom a filter fits. */
import { describe, expect, test } from 'vitest'
import { addMember, type TestAccount } from '../factories/account.ts'
import { claim } from '../factories/call.ts'
import { createCampaign, createContact, startedCampaign } from '../factories/campaign.ts'
import { createAudience, createList, createTag } from '../factories/group.ts'
import { companyForAll } from '../support/company.ts'
import { errorOf, type Actor, type TestDatabase } from '../support/database.ts'

type Row = Record<string, unknown>
interface Step { next_cursor: unknown }

describe('many contacts', () => {
  let db: TestDatabase
  let account: TestAccount
  let stranger: TestAccount
  companyForAll((given) => ({ db, account, stranger } = given))
  const rpc = <T = Row>(name: string, args: Row) => account.owner.rpc<T>(name, args)
  const chosen = (contact_ids: string[]) => ({ account_id: account.accountId, contact_ids })
  const listed = async (list_id: string) => (await rpc<{ rows: { id: string }[] }>('search_contacts', { filter: { account_id: account.accountId, list_id }, page_size: 100 })).rows.map(({ id }) => id)

  let files = 0
  /** A file of so many, whose import is the filter that finds them again. */
  async function manyContacts(count: number): Promise<{ import_id: string }> {
    const { import_id } = await rpc<{ import_id: string }>('create_import', { account_id: account.accountId, file_name: 'many.csv' })
    const prefix = `+14045${files++}`
    for (let chunk = 0; chunk * 1000 < count; chunk++) {
      const rows = Array.from({ length: Math.min(1000, count - chunk * 1000) }, (_, index) => ({ row: index, phone: `${prefix}${String(chunk * 1000 + index).padStart(5, '0')}` }))
      await rpc('import_contacts', { import_id, chunk, rows })
    }
    return { import_id }
  }

  async function steps<T extends Step>(name: string, args: Row): Promise<T[]> {
    const answers: T[] = []
    do answers.push(await rpc<T>(name, { ...args, cursor: answers.at(-1)?.next_cursor ?? null }))
    while (answers.at(-1)!.next_cursor !== null)
    return answers
  }

  test('get and lose tags a thousand at a time, each once; the name of a tag is there once in any case', async () => {
    const filter = await manyContacts(2100)
    const [hot, cold] = [await createTag(account, 'Hot'), await createTag(account, 'Cold')]
    expect(await createTag(account, ' hot ')).toBe(hot)
    const selection = { account_id: account.accountId, filter }
    expect(await steps('tag_contacts', { selection, add_tag_ids: [hot, cold] })).toMatchObject([{ contacts: 1000, added: 2000 }, { contacts: 1000 }, { contacts: 100, added: 200 }])
    expect(await steps('tag_contacts', { selection, add_tag_ids: [hot], remove_tag_ids: [cold] })).toMatchObject([{ added: 0, removed: 1000 }, {}, {}])
    expect(await rpc('list_tags', { account_id: account.accountId })).toMatchObject([{ name: 'Cold', contact_count: 0 }, { name: 'Hot', contact_count: 2100 }])
    expect(await errorOf(rpc('save_tag', { account_id: account.accountId, tag_id: cold, name: 'HOT' }))).toMatchObject({ code: 'conflict', details: { tag_id: hot } })
    await rpc('save_tag', { account_id: account.accountId, tag_id: cold, name: 'Lukewarm' })
    await rpc('delete_tag', { tag_id: hot })
    expect(await db.sql`select verb from public.activity_log where subject_type = 'tag' order by id`).toMatchObject(['created', 'created', 'changed', 'deleted'].map((done) => ({ verb: `tag.${done}` })))
    expect(await rpc('list_tags', { account_id: account.accountId })).toMatchObject([{ name: 'Lukewarm' }])
    expect((await errorOf(rpc('save_tag', { account_id: account.accountId, tag_id: null, name: ' ' }))).code).toBe('invalid_input')
  })

  test('go into a list and out of it; an audience finds its own, also when it is added to a campaign', async () => {
    const ids = [await createContact(account, { name: 'Zara', company: 'Orbit' }), await createContact(account, { name: 'Bo', company: 'Orbit' })]
    const list_id = await createList(account, { name: 'Fair' })
    expect(await rpc('set_list_members', { list_id, selection: chosen(ids), is_member: true })).toMatchObject({ contacts: 2, changed: 2 })
    expect(await rpc('set_list_members', { list_id, selection: chosen(ids), is_member: true })).toMatchObject({ changed: 0 })
    expect(await rpc('set_list_members', { list_id, selection: chosen([ids[0]!]), is_member: false })).toMatchObject({ changed: 1 })
    expect(await listed(list_id)).toEqual([ids[1]])
    const audience = await createAudience(account, 'Orbit people', { text: 'orbit' })
    expect((await listed(audience)).sort()).toEqual([...ids].sort())
    const later = await createContact(account, { company: 'Orbit' })
    const { campaignId } = await createCampaign(account, { contacts: 0 })
    expect(await rpc('enrol_all_contacts', { campaign_id: campaignId, filter: { list_id: audience } })).toMatchObject({ enrolled: 3, next_cursor: null })
    expect((await errorOf(rpc('set_list_members', { list_id: audience, selection: chosen([later]), is_member: true }))).code).toBe('conflict')
    expect(await rpc('list_contact_lists', { account_id: account.accountId })).toMatchObject([{ name: 'Fair', contact_count: 1 }, { name: 'Orbit people', kind: 'audience', contact_count: 3 }])
    const narrow = await createAudience(account, 'Both', { list_id, text: 'orbit' })
    expect(await listed(narrow)).toEqual([ids[1]])
    expect(await errorOf(rpc('delete_contact_list', { list_id }))).toMatchObject({ code: 'conflict', details: { audience: 'Both' } })
    expect(await errorOf(createAudience(account, 'Twice', { list_id: audience }))).toMatchObject({ details: [{ field: 'filter', code: 'audience' }] })
    expect(await errorOf(createAudience(account, 'All', {}))).toMatchObject({ details: [{ field: 'filter' }] })
    expect(await errorOf(createList(account, { name: 'FAIR' }))).toMatchObject({ code: 'conflict' })
    await rpc('delete_contact_list', { list_id: narrow })
    await rpc('delete_contact_list', { list_id })
    expect(await rpc('get_contact', { contact_id: ids[1] })).toMatchObject({ lists: [] })
  })

  test('are found by an audience whose search for a name or number only those are told who may see such values', async () => {
    const filter = { text: 'grace hopper', statuses: ['new'] }
    const list_id = await createAudience(account, 'One person', filter)
    const viewer = (await addMember(db, account, 'viewer')).actor
    const told = async (actor: Actor) => (await actor.rpc<{ id: string, filter: unknown }[]>('list_contact_lists', { account_id: account.accountId })).find(({ id }) => id === list_id)?.filter
    const read = (actor: Actor) => actor.query('select filter from public.contact_lists where id = $1', [list_id])
    expect([await told(account.owner), await told(viewer)]).toEqual([filter, { statuses: ['new'] }])
    expect([await read(account.owner), await read(viewer)]).toEqual([[{ filter }], []])
    await rpc('delete_contact_list', { list_id })
  })

  test('are called no more at once: out of every queue, reserved calls voided', async () => {
    const { contactIds } = await startedCampaign(account, { contacts: 3 })
    await claim(db, 1)
    expect(await rpc('opt_out_contacts', { selection: chosen(contactIds), reason: 'a complaint' })).toMatchObject({ contacts: 3, added_count: 3, voided_count: 1, next_cursor: null })
    expect(await db.sql`select distinct status from public.enrolments where contact_id = any(${contactIds})`).toEqual([{ status: 'opted_out' }])
    expect(await rpc('opt_out_contacts', { selection: chosen(contactIds) })).toMatchObject({ added_count: 0 })
  })

  test('are deleted, but for those who were called; a campaign without anybody left is over', async () => {
    const { campaignId, contactIds } = await startedCampaign(account, { contacts: 1 })
    const { contactIds: called } = await startedCampaign(account, { contacts: 1 })
    await db.sql`update engine.lanes set next_at = null where campaign_id = ${campaignId}`
    await claim(db, 1)
    expect(await rpc('delete_contacts', { selection: chosen([...contactIds, ...called]) })).toMatchObject({ deleted: 1, refused: 1 })
    expect(await rpc('get_campaign', { campaign_id: campaignId })).toMatchObject({ status: 'completed' })
    expect((await errorOf(rpc('delete_contact', { contact_id: called[0] }))).code).toBe('conflict')
  })

  test('of somebody else are neither found nor touched, nor are their lists and tags', async () => {
    const foreign = await createContact(stranger)
    const [theirList, theirTag] = [await createList(stranger, { name: 'Theirs' }), await createTag(stranger, 'Theirs')]
    const mine = chosen([await createContact(account)])
    expect(await rpc('delete_contacts', { selection: chosen([foreign]) })).toMatchObject({ deleted: 0, refused: 0 })
    expect((await errorOf(rpc('tag_contacts', { selection: mine, add_tag_ids: [theirTag] }))).code).toBe('not_found')
    expect((await errorOf(rpc('save_tag', { account_id: account.accountId, tag_id: theirTag, name: 'Mine' }))).code).toBe('not_found')
    expect((await errorOf(rpc('save_contact_list', { account_id: account.accountId, list_id: theirList, content: { name: 'Mine' } }))).code).toBe('not_found')
    expect((await errorOf(rpc('set_list_members', { list_id: theirList, selection: mine, is_member: true }))).code).toBe('not_found')
    expect((await errorOf(rpc('search_contacts', { filter: { account_id: account.accountId, list_id: theirList } }))).code).toBe('not_found')
    expect((await errorOf(rpc('delete_contacts', { selection: { account_id: account.accountId } }))).code).toBe('invalid_input')
    expect((await errorOf(rpc('delete_contacts', { selection: chosen(Array.from({ length: 1001 }, () => foreign)) }))).code).toBe('too_large')
  })

  test('are exported whole, page by page, and that is logged once', async () => {
    const filter = { ...await manyContacts(5), sort: 'oldest' }
    const selection = { account_id: account.accountId, filter }
    const pages = await steps<{ rows: Row[], next_cursor: unknown }>('export_contacts', { selection, page_size: 2 })
    expect(pages.map(({ rows }) => rows.length)).toEqual([2, 2, 1])
    expect(new Set(pages.flatMap(({ rows }) => rows.map(({ id }) => id))).size).toBe(5)
    expect((await rpc<{ rows: Row[] }>('export_contacts', { selection: chosen([await createContact(account)]) })).rows).toHaveLength(1)
    expect(await db.sql`select details from public.activity_log where verb = 'contact.exported' order by id`).toEqual([{ details: { is_filter: true } }, { details: { count: 1 } }])
    const numbers = await steps<{ rows: Row[], next_cursor: unknown }>('export_do_not_call', { account_id: account.accountId, page_size: 2 })
    expect(numbers.flatMap(({ rows }) => rows)).toHaveLength(3)
    expect(await db.sql`select from public.activity_log where verb = 'do_not_call.exported'`).toHaveLength(1)
  })
})
