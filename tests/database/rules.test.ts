/** What the law demands of a call, by region and day, and how its rules change. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openAccount, type TestAccount } from '../factories/account.ts'
import { createContact } from '../factories/campaign.ts'
import { createDatabase, errorOf, type TestDatabase } from '../support/database.ts'

interface VersionedRule { id: string, value: Record<string, unknown>, hours: { weekday: number, closes_at: string }[] }

describe('the calling rules', () => {
  let db: TestDatabase
  let account: TestAccount
  beforeAll(async () => {
    db = await createDatabase()
    account = await openAccount(db)
  })
  afterAll(() => db.drop())

  const consentFor = async (region: string, purpose: string, at = '2026-06-10T12:00:00Z') =>
    (await db.sql`select private.required_consent(${region}, ${purpose}::public.campaign_purpose, ${at}::timestamptz) as basis`)[0]?.basis as string | null
  const said = async (region: string, language: string, at = '2026-09-01T12:00:00Z') =>
    (await db.sql`select private.disclosures(${region}, ${language}, ${at}::timestamptz) as said`)[0]?.said as Record<string, unknown>
  const frequency = async (region: string) => (await db.sql`select max_calls, per_hours, extract(epoch from minimum_gap)::int as gap
    from private.frequency_rule(${account.accountId}, ${region}, '2026-06-10T12:00:00Z')`)[0]
  const version = async () => (await db.sql<{ v: number }[]>`select rule_version as v from engine.settings`)[0]!.v
  const rulesOf = async (n: number, region: string) => (await db.sql<{ rules: VersionedRule[] }[]>`select private.rules_of_version(${n}, ${region}) as rules`)[0]!.rules

  test.each([
    ['US', 'sales', 'express_written'], ['US-CA', 'service', 'express'], ['US-TX', 'survey', 'express'], ['US-FL', 'reminder', 'express'],
    ['CA-ON', 'sales', 'express'], ['CA-ON', 'service', null], ['GB', 'sales', 'express'], ['GB', 'reminder', null], ['DE', 'sales', null], ['JP', 'sales', null], ['', 'sales', null],
  ])('demand in %s, for %s, the consent %s', async (region, purpose, basis) => {
    expect(await consentFor(region, purpose)).toBe(basis)
  })

  test('demand the strongest consent of all that hold', async () => {
    await db.sql`insert into public.rules (id, pack_id, kind, value, citation, effective_from, is_verified, is_on)
      select 'test-' || v.basis, r.pack_id, 'consent', jsonb_build_object('sales', v.basis), 'This test', '2026-01-01', true, true
      from (values ('implied'), ('express_written')) v (basis) cross join (select pack_id from private.rules_in_force('consent', 'GB', '2026-06-10') limit 1) r`
    expect(await consentFor('GB', 'sales', '2026-06-10T12:00:00Z')).toBe('express_written')
    await db.sql`update public.rules set is_on = false where id = 'test-express_written'`
    expect(await consentFor('GB', 'sales', '2026-06-10T12:00:00Z')).toBe('express')
    await db.sql`delete from public.rules where id like 'test-%'`
  })

  test('demand nothing after their last day', async () => {
    await db.sql`update public.rules set effective_until = '2026-06-10' where id in (select id from private.rules_in_force('consent', 'GB', '2026-06-10'))`
    expect([await consentFor('GB', 'sales', '2026-06-09T12:00:00Z'), await consentFor('GB', 'sales', '2026-06-10T12:00:00Z')]).toEqual(['express', null])
    await db.sql`update public.rules set effective_until = null where effective_until = '2026-06-10'`
  })

  test('demand nothing before they are in force', async () => {
    expect(await consentFor('US', 'sales', '2024-02-07T12:00:00Z')).toBeNull()
    expect((await said('DE', 'de', '2026-08-01T12:00:00Z')).ai_disclosure).toBeNull()
    expect((await said('DE', 'de', '2026-08-02T12:00:00Z')).ai_disclosure).toBe('Ich bin ein KI-Assistent, kein Mensch.')
  })

  test('want an AI to say so in the EU, in the language of the call or else in English, and the way out said in the United States', async () => {
    expect(await said('FR', 'fr-FR')).toMatchObject({ ai_disclosure: 'Je suis un assistant IA, pas une personne.', opt_out: null, identification: true, recording: 'announce' })
    expect((await said('FI', 'fi')).ai_disclosure).toBe('I am an AI assistant, not a person.')
    expect((await said('GP', 'fr')).ai_disclosure).toBe('Je suis un assistant IA, pas une personne.')
    expect(await said('US-NY', 'en')).toMatchObject({ ai_disclosure: null, identification: true })
    expect((await said('US-NY', 'es')).opt_out).toMatch(/^Si no desea/)
    expect(await said('JP', 'ja')).toEqual({ ai_disclosure: null, opt_out: null, identification: false, recording: 'announce' })
  })

  test('allow the fewest calls in the longest time of law and account', async () => {
    expect(await frequency('US-FL')).toEqual({ max_calls: 3, per_hours: 24, gap: 600 })
    await account.owner.rpc('save_account_rules', { account_id: account.accountId, content: { frequency_cap: 5, frequency_hours: 12, minimum_gap_seconds: 60 } })
    expect(await frequency('US')).toEqual({ max_calls: 5, per_hours: 12, gap: 60 })
    expect(await frequency('US-OK')).toEqual({ max_calls: 3, per_hours: 24, gap: 60 })
    await account.owner.rpc('save_account_rules', { account_id: account.accountId, content: { frequency_cap: 1, frequency_hours: 48 } })
    expect(await frequency('US-MD')).toEqual({ max_calls: 1, per_hours: 48, gap: 60 })
  })

  test('make one new version per change, and every version can be asked for', async () => {
    const before = await version()
    await db.sql.begin(async (sql) => {
      await sql`update public.rule_hours set closes_at = '19:00' where rule_id = 'us-fl-hours'`
      await sql`update public.rules set value = '{"max_calls": 2, "per_hours": 24}' where id = 'us-fl-frequency'`
    })
    expect(await version()).toBe(before + 1)
    await db.sql`update public.rules set citation = citation where id = 'us-fl-frequency'`
    expect(await version()).toBe(before + 1)
    const find = (rules: VersionedRule[], id: string) => rules.find((rule) => rule.id === id)
    const old = await rulesOf(before, 'US-FL')
    const now = await rulesOf(before + 1, 'US-FL')
    expect(find(old, 'us-fl-hours')?.hours.map((hours) => hours.closes_at)).toEqual(Array(7).fill('20:00'))
    expect(find(now, 'us-fl-hours')?.hours.map((hours) => hours.closes_at)).toEqual(Array(7).fill('19:00'))
    expect([find(old, 'us-fl-frequency')?.value.max_calls, find(now, 'us-fl-frequency')?.value.max_calls]).toEqual([3, 2])
    expect(find(now, 'us-federal-hours')).toBeDefined()
    await db.sql`delete from public.rules where id = 'us-fl-frequency'`
    expect(find(await rulesOf(before + 2, 'US-FL'), 'us-fl-frequency')).toBeUndefined()
    expect(find(await rulesOf(before + 1, 'US-FL'), 'us-fl-frequency')).toBeDefined()
  })

  test('cannot be switched on before somebody has verified them, and their history cannot be rewritten', async () => {
    await expect(db.sql`update public.rules set is_on = true where id = 'us-wa-hours'`).rejects.toThrow('only_a_verified_rule_is_on')
    await expect(db.sql`delete from public.rule_changes`).rejects.toThrow('append-only')
  })

  test('know the holidays of the next years', async () => {
    const days = await db.sql`select day::text, name from public.holidays where region in ('US', 'CA') and day between '2026-01-01' and '2026-12-31' order by day, region`
    expect(days.map(({ day, name }) => `${String(day).slice(5)} ${String(name)}`)).toEqual([
      '01-01 New Year\'s Day', '01-01 New Year\'s Day', '01-19 Martin Luther King Jr. Day', '02-16 Washington\'s Birthday', '04-03 Good Friday', '05-18 Victoria Day',
      '05-25 Memorial Day', '06-19 Juneteenth', '07-01 Canada Day', '07-04 Independence Day', '09-07 Labour Day', '09-07 Labor Day',
      '09-30 National Day for Truth and Reconciliation', '10-12 Thanksgiving', '10-12 Columbus Day', '11-11 Remembrance Day', '11-11 Veterans Day',
      '11-26 Thanksgiving Day', '12-25 Christmas Day', '12-25 Christmas Day', '12-26 Boxing Day'])
  })

  describe('and a contact\'s region', () => {
    const regionOf = async (id: string) => (await db.sql`select region, region_is_stated from public.contacts where id = ${id}`)[0]
    const save = (id: string, phone: string, content: Record<string, unknown>) => account.owner.rpc('save_contact', {
      account_id: account.accountId, contact_id: id, content: { phone, name: 'Jo', time_zone: 'America/New_York', ...content } })

    test('is that of the number, until somebody states another, and again when they take it back', async () => {
      const id = await createContact(account, { phone: '+13055550199' })
      expect(await regionOf(id)).toEqual({ region: 'US-FL', region_is_stated: false })
      await save(id, '+13055550199', { region: 'US-GA' })
      expect(await regionOf(id)).toEqual({ region: 'US-GA', region_is_stated: true })
      await save(id, '+12125550199', {})
      expect(await regionOf(id)).toEqual({ region: 'US-GA', region_is_stated: true })
      await save(id, '+12125550199', { region: null })
      expect(await regionOf(id)).toEqual({ region: 'US-NY', region_is_stated: false })
    })

    test.each(['US-ZZ', 'us-fl', 'ZZ', 'EU', 'US-', '\'; drop table x'])('cannot be %s', async (region) => {
      expect(await errorOf(createContact(account, { region }))).toMatchObject({ code: 'invalid_input', details: [{ field: 'region', code: 'unknown_region' }] })
    })

    test.each(['CA-NS', 'DE-BY', 'GB'])('can be %s, which no area code names', async (region) => {
      expect(await regionOf(await createContact(account, { region }))).toEqual({ region, region_is_stated: true })
    })

    test('comes from a file too, and is refused there with its row when nobody knows it', async () => {
      const { import_id: importId } = await account.owner.rpc<{ import_id: string }>('create_import', { account_id: account.accountId, file_name: 'a.csv', default_time_zone: 'America/New_York', row_count: 3 })
      const answer = await account.owner.rpc<{ created: number, refused: unknown[] }>('import_contacts', { import_id: importId, chunk: 0, rows: [
        { row: 1, name: 'A', phone: '+13055550101', region: 'us-tx' }, { row: 2, name: 'B', phone: '+13055550102', region: 'Texas' }, { row: 3, name: 'C', phone: '+14165550103' }] })
      expect(answer).toMatchObject({ created: 2, refused: [{ row: 2, field: 'region', code: 'unknown_region' }] })
      const rows = await db.sql`select name, region from public.contacts where account_id = ${account.accountId} and name in ('A', 'C') order by name`
      expect([...rows]).toEqual([{ name: 'A', region: 'US-TX' }, { name: 'C', region: 'CA-ON' }])
    })
  })
})
