/**
 * The trunk behind a phone number: dialled faster than it can, it answers 503, whoever asks. A second's worth of dials may come
 * at once; after that only as many as grow back, so that a dialler that keeps the rate is not refused for a hurried moment.
 */
export interface Trunk {
  /** Whether this dial is one too many. */
  isTooFast(lineId: string): boolean
}

interface Room { dials: number, at: number }

export function createTrunk(dialsPerSecond: number, now: () => Date): Trunk {
  const rooms = new Map<string, Room>()
  return {
    isTooFast(lineId) {
      const at = now().getTime()
      const before = rooms.get(lineId) ?? { dials: dialsPerSecond, at }
      const dials = Math.min(dialsPerSecond, before.dials + Math.max(0, at - before.at) / 1000 * dialsPerSecond)
      const isTooFast = dials < 1
      rooms.set(lineId, { dials: isTooFast ? dials : dials - 1, at })
      return isTooFast
    },
  }
}
