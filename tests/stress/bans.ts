/**
 * From when to when something was forbidden, as seen from outside: from the answer of the command that forbade it to the request
 * that allowed it again. Requests that began in between must have led to no dial.
 */
export interface Bans {
  /** Runs a command that forbids. Without its answer nothing is known, so nothing is forbidden. */
  forbid(subject: string, command: () => Promise<unknown>): Promise<void>
  /** Runs a command that allows again, whatever comes of it. */
  allow(subject: string, command: () => Promise<unknown>): Promise<void>
  isForbidden(subject: string, at: number): boolean
}

interface Ban { from: number, until: number }
interface Subject { bans: Ban[], allowances: number, beingAllowed: number }

export function createBans(): Bans {
  const subjects = new Map<string, Subject>()
  const subjectOf = (name: string) => {
    const subject = subjects.get(name) ?? { bans: [], allowances: 0, beingAllowed: 0 }
    subjects.set(name, subject)
    return subject
  }
  return {
    async forbid(name, command) {
      const subject = subjectOf(name)
      const allowancesBefore = subject.allowances
      const mayBeUndone = subject.beingAllowed > 0
      await command()
      if (!mayBeUndone && subject.allowances === allowancesBefore) subject.bans.push({ from: performance.now(), until: Infinity })
    },
    async allow(name, command) {
      const subject = subjectOf(name)
      for (const ban of subject.bans) ban.until = Math.min(ban.until, performance.now())
      subject.allowances++
      subject.beingAllowed++
      try {
        await command()
      } finally {
        subject.beingAllowed--
      }
    },
    isForbidden: (name, at) => subjects.get(name)?.bans.some(({ from, until }) => from < at && at < until) ?? false,
  }
}
