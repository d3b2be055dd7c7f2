/** What a change of the migrations asks for, and what is said when one is refused. */
import { describe, expect, test } from 'vitest'
import { describeFailure } from '../../../../supabase/local/migrationFailure.ts'
import { describeProblem } from '../../../../supabase/local/problems.ts'
import { schemaChange } from '../../../../supabase/local/schema.ts'

const KNOWN = { 'bootstrap/roles.sql': 'a', 'migrations/1_first.sql': 'b', 'migrations/2_second.sql': 'c' }

describe('a change of the schema', () => {
  test.each([
    ['nothing', KNOWN, 'none'],
    ['a migration after all others', { ...KNOWN, 'migrations/3_third.sql': 'd' }, 'added'],
    ['a migration between others', { ...KNOWN, 'migrations/15_between.sql': 'd' }, 'edited'],
    ['an edited migration', { ...KNOWN, 'migrations/1_first.sql': 'x' }, 'edited'],
    ['a removed migration', { 'bootstrap/roles.sql': 'a', 'migrations/1_first.sql': 'b' }, 'edited'],
    ['a new file of the bootstrap', { ...KNOWN, 'bootstrap/guard.sql': 'd' }, 'edited'],
  ])('%s', (_name, now, change) => {
    expect(schemaChange(KNOWN, now)).toBe(change)
  })

  test('a database that nothing is known of is made anew', () => {
    expect(schemaChange(null, KNOWN)).toBe('edited')
  })
})

describe('a refused migration', () => {
  const said = (reason: string, statement: string) => `Applying migration 1_a.sql...\nERROR: ${reason}\nAt statement: 1\n${statement}\nTry rerunning the command with --debug.\n`
  const migration = 'create table a (id int);\n\n-- Why.\ncreate table b (\n  id int,\n  other nonsense\n);\n'

  test('is named with the line of the word at fault', () => {
    const output = said('type "nonsense" does not exist (SQLSTATE 42704)', '-- Why.\ncreate table b (\n  id int,\n  other nonsense\n        ^')
    expect(describeFailure(output, () => migration)).toBe('supabase/migrations/1_a.sql:6: type "nonsense" does not exist (SQLSTATE 42704)')
  })

  test('is named with the first line of the statement when the database names no word', () => {
    const output = said('relation "b" already exists (SQLSTATE 42P07)', '-- Why.\ncreate table b (\n  id int,\n  other nonsense\n)')
    expect(describeFailure(output, () => migration)).toBe('supabase/migrations/1_a.sql:4: relation "b" already exists (SQLSTATE 42P07)')
  })

  test('another failure of the command is told as it is', () => {
    expect(describeFailure('failed to connect to postgres\n', () => '')).toBe('failed to connect to postgres')
  })
})

test.each([
  ['the disk is full', Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' }), 'free some space'],
  ['Postgres finds the disk full', new Error('could not write to file "base/1": No space left on device'), 'free some space'],
  ['the disk is read-only', new Error('EROFS: read-only file system, open'), 'OUTDIAL_DATA_DIR'],
  ['too few files may be open', new Error('spawn EMFILE'), 'ulimit -n 4096'],
  ['anything else', new Error('a sentence'), 'a sentence'],
])('says what to do when %s', (_name, error, words) => {
  expect(describeProblem(error)).toContain(words)
})
