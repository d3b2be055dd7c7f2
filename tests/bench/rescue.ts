/** How long the contacts of a killed dispatcher wait until another may claim them, with the heartbeat at its real pace. */
import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { startTicker } from '../../supabase/local/ticker.ts'
import { atMost, gate, reported, type Figure, type Scale } from './measure.ts'
import { seedCampaigns } from './seed.ts'
import { withDatabase, withServer } from './server.ts'
import type { TestDatabase } from '../support/database.ts'

const KILLED = { smoke: 1, small: 2, full: 4 }
/** A worker claims as many as dispatch-calls does; the platform's line carries ten at once. */
const BATCH = 10
const LOOK_EVERY_MS = 250
const GIVEN_UP_AFTER_MS = 120_000
const WORKER = fileURLToPath(new URL('worker.ts', import.meta.url))

export async function measureRescue(scale: Scale): Promise<Figure[]> {
  const seconds = await withServer((bench) => withDatabase(bench, async (db) => {
    await seedCampaigns(db, { accounts: 5, contactsEach: 2 })
    const ticker = startTicker({ databaseUrl: db.url, adminUrl: db.url, say: (text) => void process.stderr.write(`${text}\n`) })
    try {
      const waits: number[] = []
      for (let round = 0; round < KILLED[scale]; round++) waits.push(await secondsUntilClaimable(db))
      return waits
    } finally {
      await ticker.stop()
    }
  }))
  return [gate('R12', atMost(reported(`a worker killed between claim and dial: its ${BATCH} contacts claimable, worst of ${seconds.length}`, Math.max(...seconds), 's'), 60))]
}

/** From the kill until every contact that the dead worker held has been taken by somebody else. */
async function secondsUntilClaimable(db: TestDatabase): Promise<number> {
  const held = await claimAndDie(db.url)
  if (held !== BATCH) throw new Error(`the worker claimed ${held} of ${BATCH} contacts`)
  const killed = performance.now()
  for (let taken = 0; taken < held;) {
    if (performance.now() - killed > GIVEN_UP_AFTER_MS) throw new Error(`${held - taken} of ${held} contacts could not be claimed within two minutes`)
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS))
    const { call_ids: claimed } = await db.asService().rpc<{ call_ids: unknown[] }>('claim_calls', { batch_size: BATCH })
    taken += claimed.length
  }
  const seconds = (performance.now() - killed) / 1000
  await giveBack(db)
  return seconds
}

function claimAndDie(url: string): Promise<number> {
  const worker = spawn(process.execPath, [WORKER, url, String(BATCH)], { stdio: ['ignore', 'pipe', 'inherit'] })
  return new Promise((resolve, reject) => {
    let claimed = NaN
    worker.stdout.once('data', (chunk: Buffer) => {
      claimed = Number(chunk.toString())
      worker.kill('SIGKILL')
    })
    worker.once('error', reject)
    worker.once('exit', () => resolve(claimed))
  })
}

/** The second claimer dials nobody: the next round begins with everybody in the queue. */
async function giveBack({ sql }: TestDatabase): Promise<void> {
  await sql`select private.lock_account(a.account_id), private.void_reserved(a.account_id, array(
    select c.id from public.calls c where c.account_id = a.account_id and c.state = 'reserved')) from engine.accounts a order by a.account_id`
}
