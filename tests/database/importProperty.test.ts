/**
 * What becomes of rows, held against a slow model: one row after the other, in TypeScript. Files are drawn from few numbers, so that
 * rows meet contacts, one another and the do-not-call list.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openAccount, type TestAccount } from '../factories/account.ts'
import { createDatabase, type TestDatabase } from '../support/database.ts'

interface FileRow {
  row: number
  phone: string
  name: string
  company: string
  email: string
  time_zone: string | null
  time_zone_source?: 'number'
  region?: string
  segment: string
  attributes: Record<string, string>
}
type Person = Omit<FileRow, 'row' | 'time_zone_source'> & { time_zone_source: string | null, region: string, region_is_stated: boolean }
type Counts = Record<'created' | 'updated' | 'unchanged' | 'skipped' | 'do_not_call' | 'no_time_zone', number> & { refused: [row: number, code: string][] }

const PHONES = Array.from({ length: 12 }, (_, number) => `+12125550${100 + number}`)
const DUPLICATES = ['update', 'skip', 'refuse', 'only_update'] as const

function draws(seed: number) {
  let state = seed
  const next = () => (state = (state * 1_103_515_245 + 12_345) % 2_147_483_648) / 2_147_483_648
  return <T>(...list: T[]): T => list[Math.floor(next() * list.length)]!
}

function drawRow(one: ReturnType<typeof draws>, row: number): FileRow {
  return {
    row, phone: one(...PHONES, ...PHONES, '12', ''), name: one('', 'Ada', 'Bo', 'x'.repeat(201)), company: one('', 'Acme'),
    email: one('', 'a@example.com', 'A@Example.com', 'no address'),
    time_zone: one(null, 'UTC', 'Europe/Berlin', 'EST'), ...one({}, {}, { time_zone_source: 'number' as const }), ...one({}, {}, { region: one('us-fl', 'XX') }),
    segment: one('', 'gold'), attributes: one<Record<string, string>>({}, { city: 'Rome' }, { city: 'Oslo', plan: 'b' }),
  }
}

/** In the order in which the database says what is wrong. */
function faultOf({ phone, time_zone, email, name, region }: FileRow): string | null {
  if (!phone.startsWith('+')) return 'invalid_number'
  if (time_zone === 'EST') return 'unknown_time_zone'
  if (email === 'no address') return 'invalid_email'
  if (name.length > 200) return 'length'
  return region === 'XX' ? 'unknown_region' : null
}

const NOBODY = { name: '', company: '', email: '', segment: '', attributes: {}, region: 'US-NY', region_is_stated: false, time_zone: null, time_zone_source: null }

/** A zone that the file states replaces one; any other only fills a gap. */
function zoneOf(known: Pick<Person, 'time_zone' | 'time_zone_source'>, { time_zone, time_zone_source }: FileRow, defaultZone: string | null) {
  if (time_zone !== null && time_zone_source !== 'number') return { time_zone, time_zone_source: 'file' }
  if (known.time_zone !== null) return { time_zone: known.time_zone, time_zone_source: known.time_zone_source }
  return time_zone === null ? { time_zone: defaultZone, time_zone_source: defaultZone && 'import' } : { time_zone, time_zone_source: 'number' }
}

function merged(known: Person | undefined, row: FileRow, defaultZone: string | null): Person {
  const old = known ?? { ...NOBODY, phone: row.phone }
  return {
    phone: row.phone, name: row.name || old.name, company: row.company || old.company, email: row.email.toLowerCase() || old.email,
    segment: row.segment || old.segment, attributes: { ...old.attributes, ...row.attributes }, region: row.region?.toUpperCase() ?? old.region,
    region_is_stated: old.region_is_stated || row.region !== undefined, ...zoneOf(old, row, defaultZone),
  }
}

interface File { rows: FileRow[], duplicates: string, defaultZone: string | null, listed: Set<string> }

/** Changes people as the import should, and counts. */
function model(people: Map<string, Person>, { rows, duplicates, defaultZone, listed }: File): Counts {
  const counts: Counts = { created: 0, updated: 0, unchanged: 0, skipped: 0, do_not_call: 0, no_time_zone: 0, refused: [] }
  const seen = new Set<string>()
  for (const row of rows) {
    const known = people.get(row.phone)
    const fault = faultOf(row) ?? (seen.has(row.phone) ? 'duplicate' : known && duplicates === 'refuse' ? 'known_number' : null)
    if (faultOf(row) === null) seen.add(row.phone)
    if (fault) {
      counts.refused.push([row.row, fault])
      continue
    }
    if (listed.has(row.phone)) counts.do_not_call++
    if (known ? duplicates === 'skip' : duplicates === 'only_update') {
      counts.skipped++
      continue
    }
    const person = merged(known, row, defaultZone)
    counts[effectOf(known, person)]++
    if (person.time_zone === null) counts.no_time_zone++
    people.set(row.phone, person)
  }
  return counts
}

const effectOf = (known: Person | undefined, person: Person) =>
  known === undefined ? 'created' : JSON.stringify(sorted(known)) === JSON.stringify(sorted(person)) ? 'unchanged' : 'updated'

const sorted = (person: Person) => ({ ...Object.fromEntries(Object.entries(person).sort()), attributes: Object.entries(person.attributes).sort() })

describe('rows of files', () => {
  let db: TestDatabase
  let account: TestAccount
  beforeAll(async () => {
    db = await createDatabase()
  })
  afterAll(() => db.drop())

  async function peopleInDatabase(): Promise<Person[]> {
    return await db.sql`select phone, name, company, email, segment, attributes, region, region_is_stated, time_zone, time_zone_source::text
      from public.contacts where account_id = ${account.accountId} order by phone` as unknown as Person[]
  }

  test.each(Array.from({ length: 24 }, (_, seed) => seed))('become what a look at one row after the other says, files %i', async (seed) => {
    account = await openAccount(db)
    const one = draws(seed * 104_729 + 17)
    const listed = new Set([PHONES[0]!, PHONES[1]!])
    for (const phone of listed) await account.owner.rpc('opt_out_number', { account_id: account.accountId, phone })
    const people = new Map<string, Person>()
    for (let file = 0; file < 4; file++) {
      const duplicates = file === 0 ? 'update' : one(...DUPLICATES)
      const default_time_zone = one(null, 'America/Chicago')
      const rows = Array.from({ length: 10 }, (_, index) => drawRow(one, index + 2))
      const { import_id } = await account.owner.rpc<{ import_id: string }>('create_import', { account_id: account.accountId, file_name: 'a.csv', default_time_zone, options: { duplicates } })
      const expected = model(people, { rows, duplicates, defaultZone: default_time_zone, listed })
      for (const command of ['check_import_rows', 'import_contacts']) {
        const answer = await account.owner.rpc<Omit<Counts, 'refused'> & { refused: { row: number, code: string }[] }>(command, { import_id, rows, ...(command === 'import_contacts' ? { chunk: 0 } : {}) })
        expect({ ...answer, refused: answer.refused.map(({ row, code }) => [row, code]) }, `${command} ${duplicates}`).toMatchObject(expected)
      }
      expect((await peopleInDatabase()).map(sorted)).toEqual([...people.values()].sort((a, b) => (a.phone < b.phone ? -1 : 1)).map(sorted))
    }
  })
})
