/** The bench says the truth or nothing: it still runs, its figures have their shape, and a broken promise makes them void. */
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { ROOT } from '../../supabase/local/paths.ts'
import { openAccount } from '../factories/account.ts'
import { requireInvariants } from '../bench/server.ts'
import { createDatabase } from '../support/database.ts'

// Rescue takes half a minute by nature, and what asks for a browser is run by hand.
const PARTS = ['queue', 'settlement', 'buffers', 'optout', 'claims', 'crowded', 'fairness', 'lists', 'contacts', 'callLog', 'dashboard']

test('measures at the smallest scale, and prints figures and nothing else', { timeout: 900_000 }, async () => {
  const { stdout } = await promisify(execFile)(process.execPath, [join(ROOT, 'tests/bench/run.ts'), ...PARTS, '--scale', 'smoke', '--json'], { cwd: ROOT })
  const figures = JSON.parse(stdout) as Record<string, unknown>[]
  expect(figures).toHaveLength(63)
  for (const figure of figures) {
    expect(Object.keys(figure)).toEqual(['name', 'value', 'unit', 'against', 'ratio', 'target', 'met'])
    expect(figure.value).toBeGreaterThan(0)
  }
})

test('is void when a promise is broken', async () => {
  const db = await createDatabase()
  const { accountId } = await openAccount(db)
  await expect(requireInvariants(db)).resolves.toBeUndefined()
  await db.sql`update engine.accounts set balance_seconds = balance_seconds + 1 where account_id = ${accountId}`
  await expect(requireInvariants(db)).rejects.toThrow('a promise is broken: the balance is the sum of the ledger')
  await db.drop()
})
