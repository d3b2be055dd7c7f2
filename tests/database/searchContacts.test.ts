/** Contacts are found by what people have of them: a piece of a name, or a number in the notation of a letterhead. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openAccount, type TestAccount } from '../factories/account.ts'
import { createContact } from '../factories/campaign.ts'
import { createDatabase, type TestDatabase } from '../support/database.ts'

describe('search_contacts', () => {
  let db: TestDatabase
  let account: TestAccount
  beforeAll(async () => {
    db = await createDatabase()
    account = await openAccount(db)
    await createContact(account, { name: 'Jonas', phone: '+4930901820', company: 'Route 66', time_zone: 'Europe/Berlin' })
    await createContact(account, { name: 'Maria 100%', phone: '+12025550107' })
  })
  afterAll(() => db.drop())

  async function found(text: string): Promise<string[]> {
    const { rows } = await account.owner.rpc<{ rows: { name: string }[] }>('search_contacts', { filter: { account_id: account.accountId, text } })
    return rows.map(({ name }) => name)
  }

  test.each(['+49 30 901820', '0049 30 901820', '+49 (0)30 / 90 18-20', '030 901820', '(030) 9018.20', '9018 20'])('finds +4930901820 by %s', async (text) => {
    expect(await found(text)).toEqual(['Jonas'])
  })

  test.each([['(202) 555-0107', 'Maria 100%'], ['JONAS', 'Jonas'], ['route 66', 'Jonas'], ['66', 'Jonas'], ['100%', 'Maria 100%']])('finds by %s', async (text, name) => {
    expect(await found(text)).toEqual([name])
  })

  test.each(['0000', '(202) 555-0108', '1%', '_onas'])('finds nobody by %s', async (text) => {
    expect(await found(text)).toEqual([])
  })
})
