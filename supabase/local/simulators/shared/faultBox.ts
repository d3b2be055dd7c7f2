/** Which faults are switched on, and how often each is still to happen. A simulator says what its faults are and when each strikes. */
export interface FaultBox<Fault, Moment> {
  /** The fault happens at the next so many moments of its kind, then the simulator is well again. */
  set(name: string, times: number): void
  clear(): void
  /** Takes one occurrence of every fault that is set for the moment, or of the first alone where there is room for one. */
  draw(moment: Moment): Fault[]
  pending(): Record<string, number>
  /** How often each has happened. */
  happened(): Record<string, number>
}

interface Rules<Fault, Moment> {
  momentOf: (fault: Fault) => Moment
  /** Whether several faults may strike at once: a request has one answer, a call may suffer much. */
  takesSeveral: (moment: Moment) => boolean
}

export function createFaultBox<Fault extends { name: string }, Moment>(faults: Fault[], rules: Rules<Fault, Moment>): FaultBox<Fault, Moment> {
  const { momentOf, takesSeveral } = rules
  const left = new Map<string, number>()
  const happened = new Map<string, number>()
  return {
    set(name, times) {
      if (!faults.some((fault) => fault.name === name)) throw new RangeError(`There is no fault ${name}; choose one of ${faults.map((fault) => fault.name).join(', ')}.`)
      left.set(name, times)
    },
    clear: () => left.clear(),
    draw(moment) {
      const due = faults.filter((fault) => (left.get(fault.name) ?? 0) > 0 && momentOf(fault) === moment)
      const drawn = takesSeveral(moment) ? due : due.slice(0, 1)
      for (const { name } of drawn) {
        left.set(name, (left.get(name) ?? 0) - 1)
        happened.set(name, (happened.get(name) ?? 0) + 1)
      }
      return drawn
    },
    happened: () => Object.fromEntries(happened),
    pending: () => Object.fromEntries([...left].filter(([, times]) => times > 0)),
  }
}
