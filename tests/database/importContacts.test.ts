/** Contact files at the size people upload them: a full chunk in one statement, zones by where they come from. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openAccount, type TestAccount } from '../factories/account.ts'
import { createContact } from '../factories/campaign.ts'
import { createDatabase, type Session, type TestDatabase } from '../support/database.ts'

interface Answer { created: number, updated: number, unchanged: number, refused: { row: number, code: string }[], contact_ids: string[] }

describe('import_contacts', () => {
  let db: TestDatabase
  let account: TestAccount
  beforeAll(async () => {
    db = await createDatabase()
    account = await openAccount(db)
  })
  afterAll(() => db.drop())

  async function importRows(rows: Record<string, unknown>[], asked: Pick<Session, 'rpc'> = account.owner): Promise<Answer> {
    const { import_id } = await account.owner.rpc<{ import_id: string }>('create_import', { account_id: account.accountId, file_name: 'a.csv', default_time_zone: null, row_count: rows.length })
    return asked.rpc<Answer>('import_contacts', { import_id, chunk: 0, rows })
  }
  const get = (contact_id: string) => account.owner.rpc<{ time_zone: string, time_zone_source: string }>('get_contact', { contact_id })

  test('takes a thousand rows with a zone each well within the statement timeout', async () => {
    const rows = Array.from({ length: 1000 }, (_, index) => ({ row: index + 2, phone: `+1212456${String(index).padStart(4, '0')}`, time_zone: index === 7 ? 'EST' : 'America/New_York' }))
    const owner = await db.session({ userId: account.userId })
    await owner.query(`set statement_timeout = '4s'`)
    const answer = await importRows(rows, owner)
    await owner.close()
    expect(answer.created).toBe(999)
    expect(answer.refused).toMatchObject([{ row: 9, code: 'unknown_time_zone' }])
  })

  test('notes that a zone was read off the number, and never lets it replace a known one', async () => {
    const known = await createContact(account, { phone: '+4930901820', time_zone: 'America/New_York' })
    const rows = ['+4930901820', '+4930901821'].map((phone, index) => ({ row: index + 2, phone, time_zone: 'Europe/Berlin', time_zone_source: 'number' }))
    const { contact_ids } = await importRows(rows)
    const added = contact_ids.find((id) => id !== known) as string
    expect(await get(known)).toMatchObject({ time_zone: 'America/New_York', time_zone_source: 'hand' })
    expect(await get(added)).toMatchObject({ time_zone: 'Europe/Berlin', time_zone_source: 'number' })
  })
})
