/** What shows only over several beats: a free slot that nobody uses, a campaign that another one pushes aside. */
import type { SimulatedDatabase } from './database.ts'
import { rivals, waitingFacts, type Rival, type WaitingFacts } from './facts.ts'
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
const fewestCalls = 16

export function createWatch(ground: Ground): Watch {
  const idle = createIdleness(ground)
  const race = createRace(ground)
  return {
    async afterBeat(isCalm) {
      if (isCalm) await idle()
      await race()
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

/** Campaigns of one account that could both take every call get calls by their weights. */
function createRace({ database, condemn, met }: Ground) {
  const starts = new Map<string, number>()
  const judgePair = (one: Rival, other: Rival) => {
    const name = `${one.campaign_id} ${other.campaign_id}`
    if (!one.is_contending || !other.is_contending) return void [starts.delete(`${name} 1`), starts.delete(`${name} 2`)]
    const since = (key: string, calls: number) => calls - (starts.get(key) ?? (starts.set(key, calls), calls))
    const shares = [since(`${name} 1`, one.calls) / one.weight, since(`${name} 2`, other.calls) / other.weight]
    if (shares[0]! * one.weight + shares[1]! * other.weight < fewestCalls) return
    met('judged: two campaigns share an account')
    if (Math.min(...shares) / Math.max(...shares) < 0.5) condemn(`campaigns do not share by weight: ${JSON.stringify([one, other, shares])}`)
  }
  return async () => {
    const all = await database.query<Rival>(rivals)
    for (const [index, one] of all.entries()) {
      for (const other of all.slice(index + 1)) if (one.account_id === other.account_id) judgePair(one, other)
    }
  }
}
