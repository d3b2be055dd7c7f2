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
import { createPlatformDatabase, migrate } from '../../supabase/local/database.ts'
import { anyPort } from '../../supabase/local/ports.ts'
import { startPostgres, type PostgresServer } from '../../supabase/local/postgres.ts'

export const TEMPLATE = 'outdial_template'
export interface ClusterAddress { port: number, password: string }

declare module 'vitest' {
  export interface ProvidedContext { cluster: ClusterAddress }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { server, stop } = await startCluster({ isDurable: false })
  await installTestClock(server.url(TEMPLATE, 'postgres'))
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
 * Tests move private.now() by an offset; the product's own body has none. Each database begins at nine in the morning in New
 * York, where the factories' contacts live: twelve hours in which they may be called, whenever the tests run.
 */
async function installTestClock(url: string): Promise<void> {
  const sql = postgres(url, { max: 1 })
  await sql.unsafe(`
    create table private.clock_offset (is_only boolean primary key default true check (is_only), value interval not null);
    insert into private.clock_offset (value)
    select (date_trunc('day', clock_timestamp() at time zone 'America/New_York') + interval '9 hours') at time zone 'America/New_York' - clock_timestamp();
    create or replace function private.now() returns timestamptz language sql stable security definer set search_path = ''
    return clock_timestamp() + (select o.value from private.clock_offset o);`)
  await sql.end()
}
