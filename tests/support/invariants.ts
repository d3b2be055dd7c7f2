/** The promises must hold after every step of every test. */
import { expect } from 'vitest'
import type { TestDatabase } from './database.ts'
import { INVARIANTS } from './promises.ts'

export async function expectInvariants(db: TestDatabase): Promise<void> {
  for (const [promise, query] of Object.entries(INVARIANTS)) {
    const violations = await db.sql.unsafe(query)
    expect(violations.length, `broken: ${promise}`).toBe(0)
  }
}
