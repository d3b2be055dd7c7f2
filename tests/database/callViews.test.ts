/** Filters of the call log under a name: each person's own. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addMember, openAccount, type TestAccount } from '../factories/account.ts'
import { createDatabase, errorOf, type Actor, type TestDatabase } from '../support/database.ts'

interface View { id: string, name: string, query: string }

describe('a view of the call log', () => {
  let db: TestDatabase
  let account: TestAccount
  let colleague: Actor
  beforeAll(async () => {
    db = await createDatabase()
    account = await openAccount(db)
    colleague = (await addMember(db, account, 'viewer')).actor
  })
  afterAll(() => db.drop())

  const save = (name: string, query: string, actor: Actor = account.owner) =>
    actor.rpc<{ view_id: string }>('save_call_view', { account_id: account.accountId, name, query })
  const views = (actor: Actor = account.owner) => actor.rpc<View[]>('list_call_views', { account_id: account.accountId })

  test('is kept under its name, replaced by one of the same name, and gone when it is deleted', async () => {
    const { view_id } = await save(' Reached ', 'outcome=answered')
    expect(await views()).toEqual([{ id: view_id, name: 'Reached', query: 'outcome=answered' }])
    expect(await save('reached', 'outcome=answered&period=7')).toEqual({ view_id })
    expect(await views()).toEqual([{ id: view_id, name: 'reached', query: 'outcome=answered&period=7' }])
    await account.owner.rpc('delete_call_view', { view_id })
    expect(await views()).toEqual([])
    expect((await errorOf(account.owner.rpc('delete_call_view', { view_id }))).code).toBe('not_found')
  })

  test('is nobody else\'s: two people may use one name, and neither sees, changes or deletes the other\'s', async () => {
    const { view_id } = await save('Mine', 'q=secret')
    const theirs = await save('Mine', 'outcome=busy', colleague)
    expect(await views(colleague)).toEqual([{ id: theirs.view_id, name: 'Mine', query: 'outcome=busy' }])
    expect(await views()).toEqual([{ id: view_id, name: 'Mine', query: 'q=secret' }])
    expect((await errorOf(colleague.rpc('delete_call_view', { view_id }))).code).toBe('not_found')
    expect(await views()).toHaveLength(1)
  })

  test('needs a name of up to sixty letters and a filter, and there are fifty of them', async () => {
    for (const [name, query] of [['', 'q=a'], ['x'.repeat(61), 'q=a'], ['Empty', ''], ['Long', `q=${'x'.repeat(2000)}`]] as const) {
      expect((await errorOf(save(name, query))).code, name).toBe('invalid_input')
    }
    const kept = (await views(colleague)).length
    for (let number = kept; number < 50; number++) await save(`View ${number}`, 'q=a', colleague)
    expect((await errorOf(save('One more', 'q=a', colleague))).code).toBe('invalid_input')
    await save('View 49', 'q=b', colleague)
    expect(await views(colleague)).toHaveLength(50)
  })
})
