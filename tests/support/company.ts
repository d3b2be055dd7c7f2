/** Where most tests of the database begin: a database of one's own with an account in it. The invariants hold when they are through. */
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest'
import { openAccount, type TestAccount } from '../factories/account.ts'
import { createDatabase, type TestDatabase } from './database.ts'
import { expectInvariants } from './invariants.ts'

interface Company {
  db: TestDatabase
  account: TestAccount
}

/** Each test begins in a new one. */
export function companyForEach(use: (company: Company) => void): void {
  let db: TestDatabase
  beforeEach(async () => {
    db = await createDatabase()
    use({ db, account: await openAccount(db) })
  })
  afterEach(() => close(db))
}

/** The tests share it, and somebody else's account beside it. */
export function companyForAll(use: (company: Company & { stranger: TestAccount }) => void): void {
  let db: TestDatabase
  beforeAll(async () => {
    db = await createDatabase()
    use({ db, account: await openAccount(db), stranger: await openAccount(db) })
  })
  afterAll(() => close(db))
}

async function close(db: TestDatabase): Promise<void> {
  await expectInvariants(db)
  await db.drop()
}
