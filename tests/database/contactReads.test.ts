/** What a contact's and a call's page are told, and what whoever may not see personal values is not told. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addMember, openAccount, type TestAccount } from '../factories/account.ts'
import { createContact } from '../factories/campaign.ts'
import { createDatabase, type TestDatabase } from '../support/database.ts'

interface Read {
  phone: string
  wish: unknown
  region: string
  region_is_stated: boolean
  opt_out: Record<string, unknown> | null
  consents: Record<string, unknown>[]
}

let db: TestDatabase
let account: TestAccount
beforeAll(async () => {
  db = await createDatabase()
  account = await openAccount(db)
})
afterAll(() => db.drop())

const CONSENT = { basis: 'express', purposes: ['service'], channel: 'spoken', text_shown: 'Private words', evidence: 'Private file' }

test('tells how a number was listed and what was agreed, and a viewer the facts without the words', async () => {
  const contactId = await createContact(account, { name: 'Grace', phone: '+12125550177', consent: CONSENT })
  await account.owner.rpc('opt_out_number', { account_id: account.accountId, phone: '+12125550177', source: 'hand', reason: 'Private reason' })
  const read = await account.owner.rpc<Read>('get_contact', { contact_id: contactId })
  expect(read.opt_out).toMatchObject({ source: 'hand', reason: 'Private reason', call_id: null })
  expect(read.consents).toMatchObject([{ ...CONSENT, revoked_at: null, revoke_reason: null }])

  const { actor } = await addMember(db, account, 'viewer')
  const seen = await actor.rpc<Read>('get_contact', { contact_id: contactId })
  expect(seen.opt_out).toMatchObject({ source: 'hand', reason: '' })
  expect(seen.consents).toMatchObject([{ basis: 'express', purposes: ['service'], text_shown: '', evidence: '' }])
  const list = await actor.rpc<{ rows: unknown[] }>('list_do_not_call', { filter: { account_id: account.accountId } })
  expect(JSON.stringify([seen, list])).not.toMatch(/Private|5550177/)
})

test('tells a wish as forms write it, and nothing where nothing was wished', async () => {
  const free = await createContact(account, { phone: '+12125550178' })
  const bound = await createContact(account, { phone: '+12125550179', region: 'US-FL', wish: { from: '17:00', until: '19:30', days: [3, 1] } })
  const read = (id: string) => account.owner.rpc<Read>('get_contact', { contact_id: id })
  expect(await read(free)).toMatchObject({ wish: null, region: 'US-NY', region_is_stated: false, opt_out: null })
  expect(await read(bound)).toMatchObject({ wish: { from: '17:00', until: '19:30', days: [1, 3] }, region: 'US-FL', region_is_stated: true })
  await account.owner.rpc('save_contact', { account_id: account.accountId, contact_id: bound,
    content: { name: '', phone: '+12125550179', time_zone: 'America/New_York', region: null, wish: null } })
  expect(await read(bound)).toMatchObject({ wish: null, region: 'US-NY', region_is_stated: false })
})

test('shows a contact of another account to nobody', async () => {
  const other = await openAccount(db)
  const contactId = await createContact(other, { phone: '+12125550180' })
  await expect(account.owner.rpc('get_contact', { contact_id: contactId })).rejects.toThrow(/not_found/)
})
