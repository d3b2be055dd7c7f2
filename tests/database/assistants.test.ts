/** How an assistant is written: drafts that save themselves, versions that never change, who may, and what holds on to it. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addMember, openAccount, type TestAccount } from '../factories/account.ts'
import { claim } from '../factories/call.ts'
import { createAssistant, createCampaign, startedCampaign } from '../factories/campaign.ts'
import { createDatabase, errorOf, type TestDatabase } from '../support/database.ts'

interface Draft { revision: number, saved_at: string | null }
interface Details {
  status: string
  version: number | null
  revision: number
  content: Record<string, unknown>
  published: Record<string, unknown> | null
  draft_by_name: string | null
}
interface Version { version: number, note: string, by_name: string | null, campaigns: { name: string }[] }
interface Card { id: string, name: string, status: string, performance: Record<string, number> | null }

let db: TestDatabase
let account: TestAccount
beforeAll(async () => {
  db = await createDatabase()
  account = await openAccount(db)
})
afterAll(() => db.drop())

const rpc = <T = Record<string, unknown>>(name: string, args: Record<string, unknown>) => account.owner.rpc<T>(name, args)
const get = (assistant_id: string) => rpc<Details>('get_assistant', { assistant_id })
const begin = async (template_id: string | null = 'survey-en') => (await rpc<{ assistant_id: string }>('create_assistant', { account_id: account.accountId, template_id })).assistant_id
const saveDraft = (assistant_id: string, content: object, expected_revision: number) => rpc<Draft>('save_assistant_draft', { assistant_id, content, expected_revision })
const publish = (assistant_id: string, expected_revision: number, note = '') =>
  rpc<{ version: number, revision: number }>('publish_assistant', { assistant_id, expected_revision, note })
const restore = (assistant_id: string, version: number | null, expected_revision: number) => rpc<Draft>('restore_assistant_version', { assistant_id, version, expected_revision })
const fault = async (attempt: Promise<unknown>) => {
  const { code, details } = await errorOf(attempt)
  return [code, (details as { field?: string }[] | null)?.[0]?.field]
}

describe('a draft', () => {
  test('begins with a template in its language, says who calls, and is offered to no campaign before it is published', async () => {
    await db.sql`update public.accounts set name = 'O"Neil & Sons Inc.' where id = ${account.accountId}`
    const id = await begin('survey-de')
    const { content, ...details } = await get(id)
    expect(details).toMatchObject({ status: 'draft', version: null, published: null, revision: 1 })
    expect(content).toMatchObject({ language: 'de', voice_id: 'katja', role: 'Kundenbetreuung von O"Neil & Sons Inc', extraction: [{ name: 'recommendation', type: 'number' }, {}, {}, {}] })
    expect(await rpc('list_assistants', { account_id: account.accountId })).toEqual([])
    expect(await fault(rpc('save_campaign', { account_id: account.accountId, campaign_id: null, content: { name: 'X', assistant_id: id, time_zone: 'UTC', max_attempts: 1 } })))
      .toEqual(['invalid_input', 'assistant_id'])
    expect(await fault(begin('none-xx'))).toEqual(['invalid_input', 'template_id'])
  })

  test('keeps unfinished words, tidied, and nothing that is no field', async () => {
    const id = await begin(null)
    const saved = await saveDraft(id, { name: '  Half  ', greeting: '', silence_seconds: null, account_id: 'smuggled' }, 1)
    expect(saved).toMatchObject({ revision: 2, saved_at: expect.any(String) })
    const { content } = await get(id)
    expect(content).toMatchObject({ name: 'Half', greeting: '', silence_seconds: 30, extraction: [] })
    expect(content).not.toHaveProperty('account_id')
    expect(await fault(publish(id, 2))).toEqual(['invalid_input', 'greeting'])
    expect((await errorOf(saveDraft(id, { instructions: 'x'.repeat(200_001) }, 2))).code).toBe('too_large')
    expect(await fault(rpc('save_assistant_draft', { assistant_id: id, content: [], expected_revision: 2 }))).toEqual(['invalid_input', 'content'])
  })

  test('two people, or two tabs, who write at once find out, and nobody is overwritten', async () => {
    const id = await begin()
    const colleague = await addMember(db, account, 'admin')
    const { content } = await get(id)
    await saveDraft(id, { ...content, name: 'Theirs' }, 1)
    const refused = await errorOf(colleague.actor.rpc('save_assistant_draft', { assistant_id: id, content: { ...content, name: 'Mine' }, expected_revision: 1 }))
    expect(refused).toMatchObject({ code: 'conflict', details: { revision: 2, version: null, by_name: expect.any(String) } })
    expect((await get(id)).content.name).toBe('Theirs')
    expect(await saveDraft(id, { ...content, name: 'Mine' }, 2)).toMatchObject({ revision: 3 })
    expect((await errorOf(publish(id, 2))).code).toBe('conflict')
    expect((await errorOf(restore(id, null, 2))).code).toBe('conflict')
    expect((await errorOf(rpc('publish_assistant', { assistant_id: id, expected_revision: null }))).code).toBe('conflict')
  })

  test.each([
    ['extraction[0].name', [{ name: 'Budget!', type: 'text', description: 'x' }]],
    ['extraction[1].name', [{ name: 'a', type: 'text', description: 'x' }, { name: 'a b', type: 'text', description: 'x' }]],
    ['extraction[0].type', [{ name: 'a', type: 'colour', description: 'x' }]],
    ['extraction[0].description', [{ name: 'a', type: 'text', description: '  ' }]],
    ['extraction[0].choices', [{ name: 'a', type: 'choice', description: 'x', choices: ['one'] }]],
    ['extraction[0].choices', [{ name: 'a', type: 'choice', description: 'x', choices: ['one', 2] }]],
    ['extraction[0].name', [{ name: 'a', type: 'text', description: 'x' }, { name: 'a', type: 'text', description: 'x' }]],
    ['extraction', Array.from({ length: 21 }, (_, place) => ({ name: `f${place}`, type: 'text', description: 'x' }))],
    ['extraction', 'all of it'],
  ])('is not published while %s is wrong', async (field, extraction) => {
    const id = await begin()
    const { content } = await get(id)
    await saveDraft(id, { ...content, extraction }, 1)
    expect(await fault(publish(id, 2))).toEqual(['invalid_input', field])
  })

  test.each([
    ['model_id', 'gpt-2'], ['voice_id', 'nobody'], ['temperature_percent', 201], ['temperature_percent', '40'], ['fallback_seconds', 1], ['silence_seconds', 601],
    ['maximum_seconds', 300.5], ['record_calls', 'yes'], ['goodbye_message', 'x'.repeat(501)], ['success_criterion', 'x'.repeat(1001)],
  ])('is not published while %s is %s', async (field, value) => {
    const id = await begin()
    const { content } = await get(id)
    await saveDraft(id, { ...content, [field]: value }, 1)
    expect(await fault(publish(id, 2))).toEqual(['invalid_input', field])
  })

  test('hangs up only after it has asked again', async () => {
    const id = await begin()
    const { content } = await get(id)
    await saveDraft(id, { ...content, fallback_seconds: 20, silence_seconds: 20 }, 1)
    expect(await fault(publish(id, 2))).toEqual(['invalid_input', 'silence_seconds'])
  })
})

describe('a version', () => {
  test('every template can be published as it is', async () => {
    const templates = await db.sql<{ id: string, language: string }[]>`select id, language from public.assistant_templates`
    expect(templates).toHaveLength(18)
    for (const { id: template } of templates) expect([template, (await publish(await begin(template), 1)).version]).toEqual([template, 1])
  })

  test('is what was drafted, for ever; the next one says who, why, and what older words were', async () => {
    const id = await begin()
    expect(await publish(id, 1, ' First ')).toMatchObject({ version: 1, revision: 2 })
    expect((await errorOf(publish(id, 2))).code).toBe('conflict')
    const { content } = await get(id)
    expect(await saveDraft(id, { ...content, name: 'Renamed', greeting: 'Good day, this is us.' }, 2)).toMatchObject({ revision: 3 })
    expect(await get(id)).toMatchObject({ status: 'changed', name: 'Customer survey', version: 1, published: content })
    expect(await saveDraft(id, content, 3)).toMatchObject({ revision: 4, saved_at: null })
    expect((await get(id)).status, 'as it was is no change').toBe('published')
    await saveDraft(id, { ...content, name: 'Renamed' }, 4)
    await publish(id, 5)
    expect(await get(id)).toMatchObject({ status: 'published', name: 'Renamed', version: 2, draft_by_name: null })
    expect(await rpc<Version[]>('list_assistant_versions', { assistant_id: id })).toMatchObject([{ version: 2, note: '' }, { version: 1, note: 'First', by_name: expect.any(String) }])
    expect(await rpc('get_assistant_version', { assistant_id: id, version: 1 })).toEqual(content)
    expect((await errorOf(rpc('get_assistant_version', { assistant_id: id, version: 3 }))).code).toBe('not_found')
  })

  test('an old one comes back as a draft, and the draft goes where nothing is restored', async () => {
    const id = await begin()
    await publish(id, 1)
    const { content } = await get(id)
    await saveDraft(id, { ...content, greeting: 'Second, from us.' }, 2)
    await publish(id, 3)
    expect(await restore(id, 1, 4)).toMatchObject({ revision: 5, saved_at: expect.any(String) })
    expect(await get(id)).toMatchObject({ status: 'changed', version: 2, content })
    expect(await restore(id, null, 5)).toMatchObject({ revision: 6, saved_at: null })
    expect(await get(id)).toMatchObject({ status: 'published', content: { greeting: 'Second, from us.' } })
    expect((await errorOf(restore(id, 9, 6))).code).toBe('not_found')
    expect((await errorOf(restore(await begin(), null, 1))).code).toBe('not_found')
  })

  test('stays with the campaign that started with it; another campaign takes the newest', async () => {
    const { campaignId, assistantId } = await startedCampaign(account, { content: { name: 'Early' } })
    await createCampaign(account, { content: { name: 'Other' } })
    const { content } = await get(assistantId)
    await saveDraft(assistantId, { ...content, greeting: 'New words of us.' }, 1)
    await publish(assistantId, 2)
    expect(await rpc<Version[]>('list_assistant_versions', { assistant_id: assistantId })).toMatchObject([{ version: 2, campaigns: [] }, { version: 1, campaigns: [{ name: 'Early', id: campaignId }] }])
    const agent = await addMember(db, account, 'agent')
    expect((await agent.actor.rpc<Version[]>('list_assistant_versions', { assistant_id: assistantId })).flatMap(({ campaigns }) => campaigns)).toEqual([])
  })

  test('somebody who is called again hears its other greeting', async () => {
    const { campaignId } = await startedCampaign(account, { assistant: { greeting: 'First words', retry_greeting: 'It is us again' } })
    await claim(db)
    const [call] = await db.sql`select id from public.calls where campaign_id = ${campaignId}`
    const call_id = call?.id as string
    const greeting = async () => (await db.sql`select private.dial_order(${call_id}) #>> '{assistant,greeting}' as greeting`)[0]?.greeting
    expect(await greeting()).toBe('First words')
    await db.sql`update public.calls set attempt_no = 2 where id = ${call_id}`
    expect(await greeting()).toBe('It is us again')
    await db.sql`update public.assistant_versions set retry_greeting = '' where id = (select assistant_version_id from public.calls where id = ${call_id})`
    expect(await greeting()).toBe('First words')
  })
})

describe('an assistant', () => {
  test('is copied with its newest words, as a draft of its own', async () => {
    const id = await createAssistant(account, { name: 'Ava', greeting: 'Published' })
    const { content, revision } = await get(id)
    await saveDraft(id, { ...content, greeting: 'Drafted' }, revision)
    const { assistant_id: copy } = await rpc<{ assistant_id: string }>('duplicate_assistant', { assistant_id: id })
    expect(await get(copy)).toMatchObject({ status: 'draft', version: null, content: { name: 'Copy of Ava', greeting: 'Drafted' } })
    expect((await get(id)).content.name).toBe('Ava')
  })

  test('is not put away while campaigns need it, and says which; afterwards it rests until it is taken back', async () => {
    const { campaignId, assistantId } = await startedCampaign(account, { content: { name: 'Needs it' } })
    expect(await errorOf(rpc('archive_assistant', { assistant_id: assistantId })))
      .toMatchObject({ code: 'conflict', message: expect.stringContaining('Needs it'), details: { campaigns: [{ id: campaignId, name: 'Needs it', status: 'active' }] } })
    await rpc('pause_campaign', { campaign_id: campaignId })
    expect((await errorOf(rpc('archive_assistant', { assistant_id: assistantId }))).code).toBe('conflict')
    await rpc('stop_campaign', { campaign_id: campaignId })
    await rpc('archive_assistant', { assistant_id: assistantId })
    expect(await get(assistantId)).toMatchObject({ status: 'archived' })
    expect((await errorOf(saveDraft(assistantId, {}, 1))).details).toMatchObject({ state: 'archived' })
    await rpc('unarchive_assistant', { assistant_id: assistantId })
    expect(await saveDraft(assistantId, { name: 'Back' }, 1)).toMatchObject({ revision: 2 })
  })

  test('is found by name and state, page by page, the archived ones only when asked for', async () => {
    const other = await openAccount(db)
    const search = (filter: object, cursor: unknown = null, page_size = 20) =>
      other.owner.rpc<{ rows: Card[], next_cursor: unknown, total_count: number }>('search_assistants', { filter: { account_id: other.accountId, ...filter }, cursor, page_size })
    const names = async (filter: object) => (await search(filter)).rows.map(({ name }) => name)
    for (const name of ['Cleo', 'ada', 'Bert']) await createAssistant(other, { name })
    const { assistant_id: draft } = await other.owner.rpc<{ assistant_id: string }>('create_assistant', { account_id: other.accountId })
    await other.owner.rpc('archive_assistant', { assistant_id: (await search({ text: 'CLEO' })).rows[0]?.id })
    expect(await names({})).toEqual(['ada', 'Bert', 'New assistant'])
    expect(await names({ status: 'draft' })).toEqual(['New assistant'])
    expect(await names({ status: 'archived' })).toEqual(['Cleo'])
    expect(await names({ status: 'published' })).toEqual(['ada', 'Bert'])
    expect(await names({ text: '%' })).toEqual([])
    const first = await search({}, null, 2)
    expect(first).toMatchObject({ total_count: 3, rows: [{ name: 'ada' }, { name: 'Bert' }] })
    expect((await search({}, first.next_cursor, 2)).rows).toMatchObject([{ id: draft, status: 'draft' }])
  })

  test('shows how its campaigns\' calls went to whoever sees all of them', async () => {
    const other = await openAccount(db)
    const { campaignId, assistantId } = await startedCampaign(other)
    const [version] = await db.sql`select id from public.assistant_versions where assistant_id = ${assistantId}`
    const stats = [[campaignId, 'answered', 4, 1, 200], [campaignId, 'busy', 6, 0, 0], [null, 'answered', 50, 50, 5000]] as const
    for (const [campaign, outcome, calls, positive, talk] of stats) await db.sql`
      insert into public.daily_stats (account_id, day, campaign_id, assistant_version_id, outcome, calls_count, positive_count, talk_seconds)
      values (${other.accountId}, '2026-01-01', ${campaign}, ${version?.id as string}, ${outcome}::public.call_outcome, ${calls}, ${positive}, ${talk})`
    const performanceFor = async (actor: { rpc: TestAccount['owner']['rpc'] }) =>
      (await actor.rpc<{ rows: Card[] }>('search_assistants', { filter: { account_id: other.accountId } })).rows[0]?.performance
    expect(await performanceFor(other.owner)).toEqual({ calls_count: 10, answered_count: 4, talk_seconds: 200, successes_count: 1 })
    expect(await performanceFor((await addMember(db, other, 'agent')).actor)).toBeNull()
  })
})

test.each([
  ['interested', 'true', '', 'interested'], ['interested', 'false', '', 'interested'], ['information', 'true', '', 'information'],
  ['information', 'true', 'x', 'interested'], ['not_interested', 'True', 'x', 'interested'], [null, 'true', 'x', 'interested'],
  ['interested', 'false', 'x', 'information'], ['interested', null, 'x', 'interested'], ['do_not_call', 'true', 'x', 'do_not_call'],
  ['wrong_number', 'true', 'x', 'wrong_number'], ['callback', 'true', 'x', 'callback'], [null, 'false', 'x', null], ['interested', '7', 'x', 'interested'],
])('a conversation proposed as %s with the verdict %s and the criterion "%s" counts as %s', async (proposed, verdict, criterion, judged) => {
  const [row] = await db.sql`select private.judged_disposition(${proposed}::public.call_disposition, ${verdict}, ${criterion}) as judged`
  expect(row?.judged).toBe(judged)
})
