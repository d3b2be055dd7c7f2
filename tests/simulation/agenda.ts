/**
 * Virtual time. Whatever waits (a request on its way, a sleeping service, the carrier's next message) is an entry with its
 * hour; the world is run by taking the earliest one. Nothing runs beside it, so one order of entries is one history.
 */
export interface Owner { isDead: boolean }

export interface Agenda {
  /** Milliseconds since the epoch. */
  now(): number
  /** An entry of an owner that has died meanwhile is dropped. */
  after(ms: number, work: () => unknown, owner?: Owner): void
  sleep(ms: number, owner?: Owner): Promise<void>
  /** Does the earliest entry, once everything that the one before set off has come to its next wait. False: nothing is left. */
  step(): Promise<boolean>
}

interface Entry { at: number, place: number, work: () => unknown, owner: Owner | undefined }

export function createAgenda(startsAt: number): Agenda {
  const entries: Entry[] = []
  let now = startsAt
  let places = 0
  const isBefore = (a: Entry, b: Entry) => a.at < b.at || (a.at === b.at && a.place < b.place)
  const after: Agenda['after'] = (ms, work, owner) => {
    const entry = { at: now + Math.max(0, ms), place: places++, work, owner }
    const index = entries.findLastIndex((other) => isBefore(other, entry))
    entries.splice(index + 1, 0, entry)
  }
  return {
    now: () => now,
    after,
    sleep: (ms, owner) => new Promise((resolve) => after(ms, resolve, owner)),
    async step() {
      await everythingWaits()
      const entry = entries.shift()
      if (!entry) return false
      now = Math.max(now, entry.at)
      if (!entry.owner?.isDead) await entry.work()
      return true
    },
  }
}

/** Promises are worked off before the next turn of the event loop. */
function everythingWaits(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}
