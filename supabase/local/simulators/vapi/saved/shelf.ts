/** Things that the provider keeps for its customer: assistants, phone numbers, files, credentials. */
import { randomUUID } from 'node:crypto'

/** The customer that the simulator starts with. */
export const ORG = 'b5c1b6f0-7d2a-4f5e-9a63-2f1b8c9d0e11'

export interface Saved { id: string, orgId: string, createdAt: string, updatedAt: string }

export interface Shelf<Thing extends object> {
  add(thing: Thing, id?: string): Thing & Saved
  find(id: string | undefined): (Thing & Saved) | undefined
  /** Newest first. */
  list(): (Thing & Saved)[]
  change(id: string, changes: Partial<Thing>): (Thing & Saved) | undefined
  remove(id: string): (Thing & Saved) | undefined
}

export function createShelf<Thing extends object>(now: () => Date, org: string): Shelf<Thing> {
  const things = new Map<string, Thing & Saved>()
  return {
    add(thing, id = randomUUID()) {
      const at = now().toISOString()
      const saved = { ...thing, id, orgId: org, createdAt: at, updatedAt: at }
      things.set(id, saved)
      return saved
    },
    find: (id) => id === undefined ? undefined : things.get(id),
    list: () => [...things.values()].reverse(),
    change(id, changes) {
      const thing = things.get(id)
      return thing && Object.assign(thing, changes, { updatedAt: now().toISOString() })
    },
    remove(id) {
      const thing = things.get(id)
      things.delete(id)
      return thing
    },
  }
}
