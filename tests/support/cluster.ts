/**
 * One Postgres server per test run, with a template database built from the migrations and the seed. Each test file clones it
 * in some 50 ms, so that no two files share a claim, an event or a clock.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { chmod } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import postgres from 'postgres'
import type { TestProject } from 'vitest/node'
import { installClock } from '../../supabase/local/clock.ts'
import { createPlatformDatabase, migrate } from '../../supabase/local/database.ts'
import { anyPort } from '../../supabase/local/ports.ts'
import { startPostgres, type PostgresServer } from '../../supabase/local/postgres.ts'

export const TEMPLATE = 'outdial_template'
export interface ClusterAddress {
  port: number
  password: string
  /** What databases are cloned from; the template of the migrations when nothing is said. */
  template?: string
}

declare module 'vitest' {
  export interface ProvidedContext { cluster: ClusterAddress }
}

export default async function setup(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  // Whoever runs the tests against a cluster of their own (tests/mutations) says which one.
  if (project.getProvidedContext().cluster) return undefined
  const { server, stop } = await startCluster({ isDurable: false })
  await beginInTheMorning(server.url(TEMPLATE, 'postgres'))
  project.provide('cluster', { port: server.port, password: server.password })
  return stop
}

/** Durable or fast: whoever measures pays for every commit as a customer's database does. */
export async function startCluster({ isDurable }: { isDurable: boolean }): Promise<{ server: PostgresServer, stop: () => Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), 'outdial-test-'))
  await chmod(folder, 0o755)
  const server = await startPostgres({ folder: join(folder, 'postgres'), port: await anyPort(), password: 'test', isDurable })
  await createPlatformDatabase(server, TEMPLATE)
  await migrate(server, TEMPLATE)
  return { server, stop: async () => {
    await server.stop()
    rmSync(folder, { recursive: true, force: true })
  } }
}

/**
 * Tests move the clock as the local stack does. Each database begins at nine in the morning in New York, where the factories'
 * contacts live: twelve hours in which they may be called, whenever the tests run.
 */
export async function beginInTheMorning(url: string): Promise<void> {
  const sql = postgres(url, { max: 1, onnotice: () => undefined })
  await installClock(sql)
  // move_clock: after nine it goes back, and the seed's line would wait for the hour in which it was made.
  await sql`select private.move_clock((date_trunc('day', clock_timestamp() at time zone 'America/New_York') + interval '9 hours')
    at time zone 'America/New_York' - private.now())`
  await sql.end()
}
