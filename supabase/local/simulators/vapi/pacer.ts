/**
 * Waiting in simulated seconds. The speed divides waiting and nothing else, and a change of speed reaches those who wait
 * already, so that a control page can slow a call down while somebody looks at it.
 */
export interface Pacer {
  /** Resolves after so many simulated seconds; rejects with Closed when the simulator closes. */
  wait(seconds: number): Promise<void>
  speed(): number
  setSpeed(speed: number): void
  /** How many wait. */
  waitingCount(): number
  close(): void
}

export class Closed extends Error {}

interface Waiting { secondsLeft: number, since: number, timer: NodeJS.Timeout, resolve: () => void, reject: (reason: Closed) => void }

export function createPacer(initialSpeed: number): Pacer {
  const waiting = new Set<Waiting>()
  let speed = positive(initialSpeed)
  let isClosed = false

  function run(one: Waiting): void {
    one.since = performance.now()
    one.timer = setTimeout(() => {
      waiting.delete(one)
      one.resolve()
    }, one.secondsLeft * 1000 / speed)
  }

  return {
    speed: () => speed,
    waitingCount: () => waiting.size,
    wait: (seconds) => new Promise((resolve, reject) => {
      if (isClosed) return reject(new Closed())
      const one = { secondsLeft: Math.max(0, seconds), since: 0, timer: undefined as unknown as NodeJS.Timeout, resolve, reject }
      waiting.add(one)
      run(one)
    }),
    setSpeed(next) {
      const before = speed
      speed = positive(next)
      for (const one of waiting) {
        clearTimeout(one.timer)
        one.secondsLeft = Math.max(0, one.secondsLeft - (performance.now() - one.since) / 1000 * before)
        run(one)
      }
    },
    close() {
      isClosed = true
      for (const one of waiting) {
        clearTimeout(one.timer)
        one.reject(new Closed())
      }
      waiting.clear()
    },
  }
}

function positive(speed: number): number {
  if (!(speed > 0)) throw new RangeError(`The speed must be more than 0, not ${speed}.`)
  return speed
}
