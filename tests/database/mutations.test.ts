/** Mutations are run at night; this keeps their list honest by day: each still finds its guard, and each was noticed by some check. */
import { existsSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { allMutations } from '../mutations/all.ts'
import { readCatchers } from '../mutations/catchers.ts'
import { applyMutation, type Mutation } from '../mutations/mutation.ts'
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
    const misplaced: string[] = []
    for (const mutation of mutations) {
      await db.admin.begin(async (sql) => {
        await applyMutation(sql, mutation)
        await sql.unsafe('select 1 / 0')
      }).catch((error: { code?: string, message: string }) => {
        if (error.code !== '22012') misplaced.push(`${mutation.name}: ${error.message}`)
      })
    }
    expect(misplaced).toEqual([])
  })

  test('each has a name of its own and a check that noticed it, and no other is noted', () => {
    expect(Object.keys(readCatchers()).sort()).toEqual(mutations.map(({ name }) => name).sort())
  })

  test('the checks that noticed are there', () => {
    const files = [...new Set(Object.values(readCatchers()).map((catcher) => catcher.split(' > ')[0]))].filter((file) => file !== 'simulation')
    expect(files.filter((file) => !existsSync(new URL(`../${file}.test.ts`, import.meta.url)))).toEqual([])
  })
})
