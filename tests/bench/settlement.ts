/**
 * Settlements a second of calls that cost money, when all of them belong to one account, beside as many calls spread over many
 * accounts, and beside what the database does with nothing but the rows that a settlement must write.
 */
import { report } from '../factories/call.ts'
import type { TestDatabase } from '../support/database.ts'
import { settleAll } from './calls.ts'
import { dialMany } from './liveCalls.ts'
import { beside, count, gate, median, reported, round as toDigits, timed, type Figure, type Scale } from './measure.ts'
import { rawSettlementsPerSecond } from './rawSettlement.ts'
import { rollUpCalls } from './seedOver.ts'
import { seedSpread } from './seedSpread.ts'
import { withDatabase, withServer, type Bench } from './server.ts'

const SIZES = {
  smoke: { calls: 40, accounts: 4, rounds: 1 },
  small: { calls: 2_000, accounts: 200, rounds: 3 },
  full: { calls: 10_000, accounts: 1_000, rounds: 3 },
}

/** As many reports as the product works on in one transaction. */
const BATCH = 500
/** The sums may take fifteen hundredths of the time that settlements take without them. */
const SUMS_RATIO_MIN = 0.87
interface Round { one: number, many: number, unsummed: number, rawOne: number, rawMany: number, rawSingle: number }

export async function measureSettlement(scale: Scale): Promise<Figure[]> {
  const { accounts, rounds } = SIZES[scale]
  const turns = await withServer(async (bench) => {
    const measured: Round[] = []
    while (measured.length < rounds) measured.push(await oneRound(bench, scale))
    return measured
  })
  const of = (name: keyof Round) => median(turns.map((turn) => turn[name]))
  const ratio = (name: keyof Round, other: keyof Round) => median(turns.map((turn) => turn[name] / turn[other]))
  const against = `${count(accounts)} accounts`
  const bare = (figure: Figure, share: number): Figure => ({ ...figure, against: 'bare tables, by 500 a commit', ratio: toDigits(share, 3) })
  return [
    bare(reported(`settlements, ${against}`, of('many'), '/s'), ratio('many', 'rawMany')),
    gate('R6', beside(reported('settlements, one account', of('one'), '/s'), against, ratio('one', 'many'), { min: 0.9 })),
    beside(reported('settlements, one account, with the sums of statistics', of('one'), '/s'), `without them (${count(Math.round(of('unsummed')))} /s)`,
      ratio('one', 'unsummed'), { min: SUMS_RATIO_MIN }),
    bare(reported('settlements, one account, of the raw limit', of('one'), '/s'), ratio('one', 'rawOne')),
    reported('bare tables, one account, by 500 a commit', of('rawOne'), '/s'),
    reported('bare tables, one account, one a commit', of('rawSingle'), '/s'),
  ]
}

async function oneRound(bench: Bench, scale: Scale): Promise<Round> {
  const { calls, accounts } = SIZES[scale]
  return {
    one: await settlementsPerSecond(bench, calls, 1), many: await settlementsPerSecond(bench, calls, accounts),
    unsummed: await settlementsPerSecond(bench, calls, 1, withoutSums),
    rawOne: await rawSettlementsPerSecond(bench, { calls, accounts: 1, batch: BATCH }),
    rawMany: await rawSettlementsPerSecond(bench, { calls, accounts, batch: BATCH }),
    rawSingle: await rawSettlementsPerSecond(bench, { calls, accounts: 1, batch: 1 }),
  }
}

/** All reports are in the inbox; one connection works through them in the batches that the product takes. */
async function settlementsPerSecond(bench: Bench, calls: number, accounts: number, around: Around = (_db, work) => work()): Promise<number> {
  return withDatabase(bench, async (db) => {
    await seedSpread(db, { accounts, campaignsEach: 1, contactsEach: calls / accounts })
    await fillInbox(db, await dialMany(db.sql, calls, { isCopied: true }))
    await db.admin`vacuum (analyze)`
    const seconds = await around(db, async () => (await timed(() => settleAll(db.sql))) / 1000)
    const [{ settled } = { settled: 0 }] = await db.sql<[{ settled: number }]>`select count(*)::int as settled from public.calls where state = 'settled'`
    if (settled !== calls) throw new Error(`${settled} of ${calls} calls were settled`)
    return calls / seconds
  })
}

type Around = (db: TestDatabase, work: () => Promise<number>) => Promise<number>

/** What settlements take when no statistics are kept; the sums are made up for afterwards, so that the promises hold. */
async function withoutSums({ admin }: TestDatabase, work: () => Promise<number>): Promise<number> {
  const [kept] = await admin<{ definition: string }[]>`select pg_get_functiondef('private.roll_up'::regproc) as definition`
  await admin.unsafe(`create or replace function private.roll_up(call_ids uuid[]) returns void language plpgsql set search_path = '' as $$ begin end $$`)
  const seconds = await work()
  await admin.unsafe(kept!.definition)
  await rollUpCalls(admin)
  return seconds
}

async function fillInbox(db: TestDatabase, providerCallIds: string[]): Promise<void> {
  const facts = db.sql.json({ ...report('', 61), provider: 'vapi' } as never)
  await db.sql`
    select private.record_call_event(${facts}::jsonb || jsonb_build_object('provider_call_id', id, 'dedupe_key', id || ':report'), '{}')
    from unnest(${providerCallIds}::text[]) as ids (id)`
}
