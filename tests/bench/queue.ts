import { runCalls } from './calls.ts'
import { median, round, type Figure, type Scale } from './measure.ts'
import { runBoss, runGraphile } from './peers.ts'
import { seedCampaigns } from './seed.ts'
import { withDatabase, withServer, type Bench } from './server.ts'

const ACCOUNTS = 8
const SIZES = { smoke: { people: 5, rounds: 1 }, small: { people: 50, rounds: 3 }, full: { people: 500, rounds: 5 } }
/** Reported, not gates: what the comparison should come to. */
const AIMS = { 'graphile-worker batched': 1, 'graphile-worker default': 12, 'pg-boss batched': 4 } as const
const ROWS = { 'graphile-worker batched': 'R1', 'graphile-worker default': 'R2', 'pg-boss batched': 'R3' } as const
type Peer = keyof typeof AIMS

/** Calls a second from claim to settlement, in turn with the peers, so that a slow minute of the machine meets all alike. */
export function measureQueue(scale: Scale): Promise<Figure[]> {
  const { people, rounds } = SIZES[scale]
  return withServer(async (bench) => {
    const turns: Record<Peer | 'ours', number>[] = []
    for (let turn = 0; turn < rounds; turn += 1) turns.push(await oneTurn(bench, turn, people))
    const ours = round(median(turns.map(({ ours: rate }) => rate)), 0)
    return (Object.keys(AIMS) as Peer[]).map((peer) => {
      const ratio = round(median(turns.map((turn) => turn.ours / turn[peer])), 3)
      return { name: `${ROWS[peer]} calls from claim to settlement, beside ${peer}`, value: ours, unit: 'calls/s', against: `${peer} (jobs/s)`, ratio,
        target: `aim ≥ ${AIMS[peer]}`, met: ratio >= AIMS[peer] }
    })
  })
}

async function oneTurn(bench: Bench, turn: number, people: number): Promise<Record<Peer | 'ours', number>> {
  const jobs = ACCOUNTS * people
  const ours = await callsPerSecond(bench, people)
  const databases = ['graphile_default', 'graphile_batched', 'boss'].map((name) => `${name}_${turn}`)
  for (const name of databases) await bench.createEmpty(name)
  const [usual = '', batched = '', boss = ''] = databases.map((name) => bench.url(name))
  return { ours, 'graphile-worker default': jobs / await runGraphile(usual, jobs, false),
    'graphile-worker batched': jobs / await runGraphile(batched, jobs, true), 'pg-boss batched': jobs / await runBoss(boss, jobs) }
}

async function callsPerSecond(bench: Bench, people: number): Promise<number> {
  return withDatabase(bench, async (db) => {
    await seedCampaigns(db, { accounts: ACCOUNTS, contactsEach: people })
    const began = performance.now()
    const settled = await runCalls(db.sql)
    const seconds = (performance.now() - began) / 1000
    if (settled !== ACCOUNTS * people) throw new Error(`${settled} of ${ACCOUNTS * people} calls were placed`)
    return settled / seconds
  })
}
