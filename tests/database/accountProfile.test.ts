/** What an account is called and what kind of company it is: what it begins with, and how that is changed. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { companyTypes } from '../../business/models/account.ts'
import { addMember, openAccount, type TestAccount } from '../factories/account.ts'
import { createDatabase, errorOf, type Actor, type TestDatabase } from '../support/database.ts'

describe('what an account is', () => {
  let db: TestDatabase
  let account: TestAccount
  beforeAll(async () => {
    db = await createDatabase()
    account = await openAccount(db, 'Analytical Engines')
  })
  afterAll(() => db.drop())

  const save = (content: unknown, actor: Actor = account.owner) => actor.rpc('save_account', { account_id: account.accountId, content })
  const mine = async () => (await account.owner.rpc<Record<string, unknown>[]>('my_accounts') as unknown as Record<string, unknown>[])[0]!
  const log = async () => (await db.sql`select details from public.activity_log where account_id = ${account.accountId} and verb = 'account.changed' order by id`).map(({ details }) => details as unknown)

  test.each(companyTypes)('a %s company begins with rules and words that fit, and can change them all', async (type) => {
    const { userId } = await db.newUser()
    const owner = db.asUser(userId)
    const { account_id: id } = await owner.rpc<{ account_id: string }>('open_account', { company_name: type, time_zone: 'UTC', company_type: type })
    const [defaults] = await db.sql<{ rules: Record<string, unknown>, records_calls: boolean, idle_minutes: number, dispositions: { name: string }[], template_kind: string | null }[]>`select * from public.company_types where id = ${type}::text::public.company_type`
    const rules = await owner.rpc('get_account_rules', { account_id: id })
    expect(rules).toMatchObject(defaults!.rules)
    expect((await owner.rpc<{ records_calls: boolean }>('get_privacy', { account_id: id })).records_calls).toBe(defaults!.records_calls)
    expect((await owner.rpc<{ name: string }[]>('list_dispositions', { account_id: id })).map(({ name }) => name)).toEqual(defaults!.dispositions.map(({ name }) => name).sort())
    expect(await owner.rpc('my_accounts')).toMatchObject([{ company_type: type, idle_minutes: defaults!.idle_minutes, template_kind: defaults!.template_kind }])
    if (defaults!.template_kind) expect(await db.sql`select from public.assistant_templates where kind = ${defaults!.template_kind}`).not.toEqual([])
    // What it begins with is sound: the commands take it back as it is.
    await owner.rpc('save_account_rules', { account_id: id, content: defaults!.rules })
    await owner.rpc('save_account_rules', { account_id: id, content: { windows: [], frequency_cap: 5 } })
    expect(await owner.rpc('get_account_rules', { account_id: id })).toMatchObject({ windows: [], frequency_cap: 5 })
  })

  test('of no known kind is not opened', async () => {
    const owner = db.asUser((await db.newUser()).userId)
    for (const type of ['bakery', '', null]) {
      expect((await errorOf(owner.rpc('open_account', { company_name: 'Bread', company_type: type }))).details).toMatchObject([{ field: 'company_type' }])
    }
    expect(await owner.rpc('my_accounts')).toEqual([])
  })

  test('is changed by who manages it, told to open pages, and logged once', async () => {
    expect(await mine()).toMatchObject({ name: 'Analytical Engines', company_type: 'generic', time_zone: 'America/New_York' })
    const before = (await mine()).team_changed_at
    expect(await save({ name: '  Difference Engines ', company_type: 'healthcare' })).toEqual({ name: 'Difference Engines', company_type: 'healthcare', time_zone: 'America/New_York', format_style: 'american' })
    await save({ name: 'Difference Engines' })
    await save({})
    expect((await mine()).team_changed_at).not.toBe(before)
    expect(await log()).toEqual([{ name: { before: 'Analytical Engines', after: 'Difference Engines' }, company_type: { before: 'generic', after: 'healthcare' } }])
    expect((await account.owner.rpc<{ records_calls: boolean }>('get_privacy', { account_id: account.accountId })).records_calls, 'settings stay').toBe(true)
    await save({ time_zone: 'Europe/Berlin' })
    await save({ format_style: 'continental' })
    expect(await mine()).toMatchObject({ time_zone: 'Europe/Berlin', name: 'Difference Engines', format_style: 'continental' })
  })

  test.each([['name', { name: ' ' }], ['name', { name: 'x'.repeat(121) }], ['name', { name: null }], ['company_type', { company_type: 'bakery' }], ['company_type', { company_type: null }],
    ['time_zone', { time_zone: 'Mars/Olympus' }], ['time_zone', { time_zone: null }], ['format_style', { format_style: 'roman' }], ['format_style', { format_style: null }], ['content', []], ['content', 'name']])('refuses a wrong %s and names it (%j)', async (field, content) => {
    expect((await errorOf(save(content))).details).toMatchObject([{ field }])
  })

  test('takes no name twice from the same person', async () => {
    await account.owner.rpc('open_account', { company_name: 'Second' })
    expect((await errorOf(save({ name: 'second' }))).details).toMatchObject([{ field: 'name', code: 'taken' }])
  })

  test('is no business of agents and viewers', async () => {
    for (const role of ['agent', 'viewer'] as const) expect((await errorOf(save({ name: 'Mine' }, (await addMember(db, account, role)).actor))).code).toBe('forbidden')
  })
})
