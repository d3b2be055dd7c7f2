/** What `npm start` starts, in order: the database with its newest schema, the services, the app. */
import { buildAppIfStale } from './appBuild.ts'
import { announce, DATABASE, openFolder, say, startBackend, startServer, startServices } from './backend.ts'
import { createDatabase, databaseExists, migrate, seed } from './database.ts'
import { PUBLISHED_APP } from './paths.ts'
import type { PostgresServer } from './postgres.ts'
import { rememberedSchema, rememberSchema, schemaChange, schemaSources } from './schema.ts'
import type { Settings } from './settings.ts'
import { createSite } from './site.ts'
import type { StackFile } from './stackFile.ts'
import { onStop } from './stops.ts'

/** Null when somebody else runs on the folder, which is then said. */
export async function runStack(settings: Settings): Promise<StackFile | null> {
  const identity = await openFolder(settings)
  if (!identity) return null
  const building = buildApp()
  const server = await startServer(settings, identity)
  await bringToNewestSchema(settings.folder, server)
  const backend = await startBackend(settings, identity, server)
  // The port opens with the new app behind it, never with the one of an earlier start.
  await building
  const site = createSite(PUBLISHED_APP, true)
  const services = await startServices(backend, { respondWithSite: (request) => site.respond(request) })
  onStop(() => services.stop())
  announce(settings, services.stack)
  return services.stack
}

/** A failure is told where it is awaited, not while the database is still starting. */
function buildApp(): Promise<void> {
  const abort = new AbortController()
  onStop(() => abort.abort())
  const building = buildAppIfStale(say, abort.signal)
  building.catch(() => undefined)
  return building
}

async function bringToNewestSchema(folder: string, server: PostgresServer): Promise<void> {
  const sources = schemaSources()
  if (!(await databaseExists(server, DATABASE))) await createDatabase(server, DATABASE)
  else {
    const change = schemaChange(rememberedSchema(folder), sources)
    if (change === 'edited') throw new Error('the database schema has changed since this data folder was made. "npm run reset" begins anew (it deletes the local data).')
    await (change === 'added' ? migrate(server, DATABASE) : seed(server, DATABASE))
  }
  rememberSchema(folder, sources)
}
