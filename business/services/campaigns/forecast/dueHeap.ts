/** Whoever is due first comes out first; of those due at the same moment whoever went in first. */
export interface DueHeap {
  size(): number
  /** Infinity when it is empty. */
  firstAt(): number
  add(at: number, item: number): void
  take(): number
}

interface Columns { times: number[], places: number[], items: number[] }

export function createDueHeap(): DueHeap {
  const heap: Columns = { times: [], places: [], items: [] }
  let added = 0
  return {
    size: () => heap.times.length,
    firstAt: () => heap.times[0] ?? Infinity,
    add(at, item) {
      heap.times.push(at)
      heap.places.push(added++)
      heap.items.push(item)
      rise(heap)
    },
    take() {
      swap(heap, 0, heap.times.length - 1)
      heap.times.pop()
      heap.places.pop()
      const item = heap.items.pop()!
      sink(heap)
      return item
    },
  }
}

function rise(heap: Columns): void {
  for (let at = heap.times.length - 1; at > 0;) {
    const parent = (at - 1) >> 1
    if (!isBefore(heap, at, parent)) return
    swap(heap, at, parent)
    at = parent
  }
}

function sink(heap: Columns): void {
  const { length } = heap.times
  for (let at = 0, child = 1; child < length; child = 2 * at + 1) {
    if (child + 1 < length && isBefore(heap, child + 1, child)) child++
    if (!isBefore(heap, child, at)) return
    swap(heap, at, child)
    at = child
  }
}

function isBefore({ times, places }: Columns, one: number, other: number): boolean {
  return times[one]! < times[other]! || (times[one] === times[other] && places[one]! < places[other]!)
}

function swap({ times, places, items }: Columns, one: number, other: number): void {
  for (const list of [times, places, items]) [list[one], list[other]] = [list[other]!, list[one]!]
}
