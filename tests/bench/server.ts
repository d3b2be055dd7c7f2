/** A durable Postgres server for one part of the bench, and databases on it whose promises are asked after each measurement. */
import postgres from 'postgres'
import { beginInTheMorning, startCluster, TEMPLATE } from '../support/cluster.ts'
import { createDatabase, type TestDatabase } from '../support/database.ts'
import { INVARIANTS } from '../support/promises.ts'

export interface Bench {
  port: number
  password: string
  /** The superuser's address of a database of this server. */
  url(database: string): string
  createEmpty(name: string): Promise<void>
}

/** What every contender gets. */
export const CONNECTIONS = 4

let shared: Bench | undefined

/** For a run that only asks whether the parts still work: they follow each other on one fast server, which takes longer to start than to use. */
export async function onOneServer<T>(work: () => Promise<T>): Promise<T> {
  return withServer(async (bench) => {
    shared = bench
    return work().finally(() => (shared = undefined))
  }, { isDurable: false })
}

/**
 * fsync is on where anything is written that is measured: every commit costs what it costs a customer. It is nine in the morning,
 * because at night nobody may be called.
 */
export async function withServer<T>(work: (bench: Bench) => Promise<T>, { isDurable = true } = {}): Promise<T> {
  if (shared) return work(shared)
  const { server, stop } = await startCluster({ isDurable })
  await beginInTheMorning(server.url(TEMPLATE, 'postgres'))
  const admin = postgres(server.url('postgres'), { max: 1, onnotice: () => undefined })
  try {
    return await work({ ...server, createEmpty: async (name) => void await admin.unsafe(`create database "${name}"`) })
  } finally {
    await admin.end({ timeout: 5 })
    await stop()
  }
}

/** One database for one measurement. */
export async function withDatabase<T>(bench: Bench, work: (db: TestDatabase) => Promise<T>): Promise<T> {
  const db = await createDatabase(bench)
  try {
    const result = await work(db)
    await requireInvariants(db)
    return result
  } finally {
    await db.drop()
  }
}

/** A figure of a database whose promises are broken says nothing: the part is void. */
export async function requireInvariants({ sql }: Pick<TestDatabase, 'sql'>): Promise<void> {
  for (const [promise, query] of Object.entries(INVARIANTS)) {
    const violations = await sql.unsafe(query)
    if (violations.length > 0) throw new Error(`a promise is broken: ${promise} (${violations.length} rows)`)
  }
}
