/** What must not drift from the migrations: the generated types, the errors' statuses, and Supabase's own linter. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ROOT } from '../../supabase/local/paths.ts'
import { advisorFindings, generatedTypes } from '../../supabase/local/supabaseCli.ts'
import * as appError from '../../business/models/appError.ts'
import { createDatabase, type TestDatabase } from '../support/database.ts'

describe('the migrations', () => {
  let db: TestDatabase
  beforeAll(async () => {
    db = await createDatabase()
  })
  afterAll(() => db.drop())

  test('agree with the generated types', async () => {
    expect(readFileSync(join(ROOT, 'business/repositories/database.types.ts'), 'utf8')).toBe(await generatedTypes(db.url))
  })

  test('leave Supabase\'s advisors nothing to find', async () => {
    expect((await advisorFindings(db.url)).filter((finding) => finding.name !== 'unused_index')).toEqual([])
  })

  test('answer each error code with the status that TypeScript expects', async () => {
    for (const [code, status] of Object.entries(appError.errorStatus)) {
      const [row] = await db.sql`select private.error_status(${code}) as status`
      expect([code, row?.status]).toEqual([code, status])
    }
  })
})
