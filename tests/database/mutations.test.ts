/** Mutations are run at night; this keeps their list honest by day: each still finds its guard, and each was noticed by some check. */
import { existsSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { allMutations } from '../mutations/all.ts'
import { readCatchers } from '../mutations/catchers.ts'
import { statementOf, type Mutation } from '../mutations/mutation.ts'
import { createDatabase, type TestDatabase } from '../support/database.ts'

describe('mutations', () => {
  let db: TestDatabase
  let mutations: Mutation[]
  beforeAll(async () => {
    db = await createDatabase()
    mutations = await allMutations(db.sql)
  })
  afterAll(() => db.drop())

  test('each takes exactly one guard away, which is still there', async () => {
    const found = await db.sql<{ name: string, text: string }[]>`select proname as name, pg_get_functiondef(oid) as text from pg_proc where pronamespace = 'private'::regnamespace and prokind = 'f'`
    const texts = new Map(found.map(({ name, text }) => [name, text]))
    const misplaced: string[] = []
    const session = await db.admin.reserve()
    for (const mutation of mutations) {
      // One message to the server for each of a thousand.
      await Promise.resolve().then(() => session.unsafe(`begin; ${statementOf(mutation, (name) => texts.get(name) ?? '')}; rollback`).simple()).catch(async (error: Error) => {
        misplaced.push(`${mutation.name}: ${error.message}`)
        await session.unsafe('rollback')
      })
    }
    session.release()
    expect(misplaced).toEqual([])
  })

  test('each has a name of its own and a check that noticed it, and no other is noted', () => {
    expect(Object.keys(readCatchers()).sort()).toEqual(mutations.map(({ name }) => name).sort())
  })

  test('every command that writes has a guard whose loss is noticed', async () => {
    const commands = await db.sql<{ name: string }[]>`select distinct proname as name from pg_proc where pronamespace = 'public'::regnamespace and provolatile = 'v'
      and (has_function_privilege('authenticated', oid, 'execute') or has_function_privilege('service_role', oid, 'execute')) order by 1`
    const guarded = new Set(mutations.flatMap(({ change }) => 'function' in change ? [change.function] : []))
    expect(commands.map(({ name }) => name).filter((name) => !guarded.has(name))).toEqual([])
  })

  test('the checks that noticed are there', () => {
    const files = [...new Set(Object.values(readCatchers()).map((catcher) => catcher.split(' > ')[0]))].filter((file) => file !== 'simulation')
    expect(files.filter((file) => !existsSync(new URL(`../${file}.test.ts`, import.meta.url)))).toEqual([])
  })
})
