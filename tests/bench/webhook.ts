/**
 * How long the provider waits for an answer: reports of distinct calls over real HTTP through the gateway and the function
 * host of a stack that runs as `npm start` runs it. Once at the pace of a thousand concurrent calls, whatever the answers take;
 * once from fifty senders that each send the next report when the last was answered.
 */
import type { Sql } from 'postgres'
import type { StackFile } from '../../supabase/local/stackFile.ts'
import { withStack } from '../support/startedStack.ts'
import { asAdmin, openWebAccount } from '../support/webAccount.ts'
import { atMost, count, gate, percentile, reported, type Figure, type Scale } from './measure.ts'
import { processorMs } from './processor.ts'
import { reportOf, seedLiveCalls, sendEvent } from './sentEvents.ts'
import { requireInvariants } from './server.ts'

const CALLS = { smoke: 60, small: 1_000, full: 3_000 }
/** Of them sent at the pace of a thousand concurrent calls, whose provider sends four events a call. */
const PACED = { smoke: 20, small: 400, full: 1_000 }
const EVENTS_PER_SECOND = 130
const WARM_UP = 50
const CONCURRENT = 50
const P95_MAX_MS = 50

export function measureWebhook(scale: Scale): Promise<Figure[]> {
  return withStack(async (stack) => {
    const { ids } = await seedLiveCalls(stack, await openWebAccount(stack), WARM_UP + PACED[scale] + CALLS[scale])
    await sendReports(stack, ids.splice(0, WARM_UP))
    const paced = percentile(await sendAtPace(stack, ids.splice(0, PACED[scale])), 95)
    const before = processorMs(stack.pid)
    const began = performance.now()
    const waits = await sendReports(stack, ids)
    const rate = waits.length / ((performance.now() - began) / 1000)
    await asAdmin(stack, (sql) => settled(sql, WARM_UP + PACED[scale] + CALLS[scale]))
    const used = processorMs(stack.pid)
    await asAdmin(stack, (sql) => requireInvariants({ sql }))
    const p95 = percentile(waits, 95)
    return [
      gate('R9', atMost(reported(`webhook p95 at ${EVENTS_PER_SECOND} events/s (1,000 concurrent calls)`, paced, 'ms'), P95_MAX_MS, paced)),
      reported(`webhook p50, ${CONCURRENT} concurrent`, percentile(waits, 50), 'ms'),
      atMost(reported(`webhook p95, ${CONCURRENT} concurrent`, p95, 'ms'), P95_MAX_MS, p95),
      reported(`webhooks answered, ${CONCURRENT} concurrent`, rate, '/s'),
      ...Object.entries(used).map(([part, ms]) => reported(`processor time a webhook and its settlement, ${part}, of ${count(waits.length)}`,
        (ms - (before[part] ?? 0)) / waits.length, 'ms')),
    ]
  })
}

/** Answers how long each report waited for its answer, in milliseconds. */
async function sendReports(stack: StackFile, ids: string[]): Promise<number[]> {
  const waits: number[] = []
  const rest = ids.values()
  await Promise.all(Array.from({ length: CONCURRENT }, async () => {
    for (const id of rest) waits.push(await sendEvent(stack, reportOf(id)))
  }))
  return waits
}

/** What waits for an answer does not hold up what comes after it. */
function sendAtPace(stack: StackFile, ids: string[]): Promise<number[]> {
  return Promise.all(ids.map(async (id, index) => {
    await new Promise((resolve) => setTimeout(resolve, index * 1000 / EVENTS_PER_SECOND))
    return sendEvent(stack, reportOf(id))
  }))
}

async function settled(sql: Sql, count: number): Promise<void> {
  for (const end = Date.now() + 60_000; Date.now() < end; await new Promise((resolve) => setTimeout(resolve, 200))) {
    const [row] = await sql`select count(*)::int as count from public.calls where state = 'settled'`
    if (row?.count === count) return
  }
  throw new Error('not every reported call was settled within a minute')
}
