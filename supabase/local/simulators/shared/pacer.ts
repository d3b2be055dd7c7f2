/**
 * Waiting in simulated seconds. The speed divides waiting and nothing else, and a change of speed reaches those who wait
 * already, so that a control page can slow a call down while somebody looks at it.
 */
export interface Pacer {
  /** Resolves after so many simulated seconds; rejects with Closed when the simulator closes, with Interrupted when the signal says so. */
  wait(seconds: number, signal?: AbortSignal): Promise<void>
  speed(): number
  setSpeed(speed: number): void
  /** How many wait. */
  waitingCount(): number
  close(): void
}

class Closed extends Error {}

/** Tells how much of the wait had passed. */
export class Interrupted extends Error {
  readonly seconds: number

  constructor(seconds: number) {
    super('Somebody hung up.')
    this.seconds = seconds
  }
}

interface Waiting { secondsLeft: number, since: number, timer: NodeJS.Timeout, resolve: () => void, reject: (reason: Error) => void }

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

  const leftOf = (one: Waiting) => Math.max(0, one.secondsLeft - (performance.now() - one.since) / 1000 * speed)

  function drop(one: Waiting, reason: Error): void {
    clearTimeout(one.timer)
    waiting.delete(one)
    one.reject(reason)
  }

  return {
    speed: () => speed,
    waitingCount: () => waiting.size,
    wait: (seconds, signal) => new Promise((resolve, reject) => {
      if (isClosed) return reject(new Closed())
      if (signal?.aborted) return reject(new Interrupted(0))
      const interrupt = () => drop(one, new Interrupted(seconds - leftOf(one)))
      const done = () => signal?.removeEventListener('abort', interrupt)
      const one: Waiting = { secondsLeft: Math.max(0, seconds), since: 0, timer: undefined as unknown as NodeJS.Timeout,
        resolve: () => (done(), resolve()), reject: (reason) => (done(), reject(reason)) }
      signal?.addEventListener('abort', interrupt)
      waiting.add(one)
      run(one)
    }),
    setSpeed(next) {
      const lefts = [...waiting].map((one) => [one, leftOf(one)] as const)
      speed = positive(next)
      for (const [one, left] of lefts) {
        clearTimeout(one.timer)
        one.secondsLeft = left
        run(one)
      }
    },
    close() {
      isClosed = true
      for (const one of waiting) drop(one, new Closed())
    },
  }
}

function positive(speed: number): number {
  if (!(speed > 0)) throw new RangeError(`The speed must be more than 0, not ${speed}.`)
  return speed
}
