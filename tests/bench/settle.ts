import { placeCalls, settleAll } from './calls.ts'
import { round, type Figure, type Scale } from './measure.ts'
import { requireInvariants, seedAccounts } from './seed.ts'
import { withServer, type Bench } from './server.ts'

const SIZES = { small: { accounts: 100, people: 10 }, full: { accounts: 1000, people: 5 } }
const RATIO_MIN = 0.9

/** All calls on one account must settle about as fast as the same number spread over many: no hot account row. */
export function measureSettlement(scale: Scale): Promise<Figure[]> {
  const { accounts, people } = SIZES[scale]
  return withServer(async (bench) => {
    const one = await settlementsPerSecond(bench, 1, accounts * people)
    const many = await settlementsPerSecond(bench, accounts, people)
    const ratio = round(one / many)
    return [{ name: 'settlements on one account', value: round(one, 0), unit: 'calls/s', against: `${accounts} accounts`, ratio, target: `≥ ${RATIO_MIN}`, met: ratio >= RATIO_MIN }]
  })
}

async function settlementsPerSecond(bench: Bench, accounts: number, people: number): Promise<number> {
  await seedAccounts(bench, accounts, people)
  const placed = await placeCalls(bench.sql)
  if (placed !== accounts * people) throw new Error(`The bench is void: ${placed} of ${accounts * people} calls were placed.`)
  const began = performance.now()
  await settleAll(bench.sql)
  const rate = placed / ((performance.now() - began) / 1000)
  await requireInvariants(bench.sql)
  return rate
}
