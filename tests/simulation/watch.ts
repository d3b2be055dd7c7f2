/** What shows only over several beats: a free slot that nobody uses. */
import type { SimulatedDatabase } from './database.ts'
import { waitingFacts, type WaitingFacts } from './facts.ts'
import { whyClosed, type Books } from './law.ts'
import { regionOf } from './places.ts'

export interface Watch { afterBeat(isCalm: boolean): Promise<void> }

interface Ground {
  database: SimulatedDatabase
  books: Books
  condemn: (text: string) => void
  met: (name: string) => void
}

/** A beat has a dispatcher claim; by the second one after it the slot is used. */
const mostIdleBeats = 3

export function createWatch(ground: Ground): Watch {
  const idle = createIdleness(ground)
  return {
    async afterBeat(isCalm) {
      if (isCalm) await idle()
    },
  }
}

/** Whoever could be called, with room everywhere, is called within two beats. */
function createIdleness({ database, books, condemn, met }: Ground) {
  const seen = new Map<string, { calls: number, beats: number }>()
  return async () => {
    const now = database.now()
    const waiting = (await database.query<WaitingFacts>(waitingFacts)).filter((row) => isCallable(row, now) && isCallable(row, now - 3_000))
    const accounts = new Set(waiting.map(({ account_id }) => account_id))
    for (const account of [...seen.keys()].filter((one) => !accounts.has(one))) seen.delete(account)
    for (const account of accounts) {
      const [row] = await database.query<{ calls: number }>('select count(*)::int as calls from public.calls where account_id = $1', [account])
      const before = seen.get(account)
      const beats = before?.calls === row!.calls ? before.beats + 1 : 1
      seen.set(account, { calls: row!.calls, beats })
      met('judged: a slot is free and somebody waits')
      const { enrolment_id, engine } = waiting.find((one) => one.account_id === account)!
      if (beats > mostIdleBeats) condemn(`a free slot was not used within two beats: ${JSON.stringify({ enrolment_id, engine })}`)
    }
  }
  function isCallable(row: WaitingFacts, at: number): boolean {
    return whyClosed(books, { ...row, region: row.stated_region ?? regionOf(row.phone) }, at) === null
  }
}
