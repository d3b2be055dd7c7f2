/** Supabase's own linter and type generator, as the tests of the migrations use them: a silent failure would look like no finding. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { advisorFindings, generatedTypes } from '../../supabase/local/supabaseCli.ts'
import { createDatabase, type TestDatabase } from '../support/database.ts'

describe('the advisors', () => {
  let db: TestDatabase
  beforeAll(async () => {
    db = await createDatabase()
    await db.sql.unsafe(`
      create table public.open_to_all (id int primary key);
      grant select on public.open_to_all to anon;
      create function public.careless() returns int language sql as 'select 1'`)
  })
  afterAll(() => db.drop())

  test('find what is wrong', async () => {
    const names = (await advisorFindings(db.url)).map((finding) => finding.name)
    expect(names).toEqual(expect.arrayContaining(['rls_disabled_in_public', 'function_search_path_mutable']))
  })

  test('fail when they cannot ask, and so do the types', async () => {
    const [nowhere, noServer] = [db.url.replace(db.name, 'nowhere'), db.url.replace(/:\d+\//, ':1/')]
    const questions = [advisorFindings(nowhere), advisorFindings(noServer), generatedTypes(nowhere)]
    expect((await Promise.allSettled(questions)).map((answer) => answer.status)).toEqual(['rejected', 'rejected', 'rejected'])
  })
})
