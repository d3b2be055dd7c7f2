/** Milliseconds since the epoch, for time limits of our own work. What happens to calls is timed by the database. */
export type Clock = () => number

export type Sleep = (ms: number) => Promise<void>

export type LogLevel = 'debug' | 'info' | 'warn' | 'error'

/** One fact for whoever runs the installation. Ids, counts and codes only: never a name, a number, a word of a call. */
export type Log = (level: LogLevel, event: string, facts?: Record<string, unknown>) => void
