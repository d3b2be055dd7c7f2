/** `npm run dev`: the whole product with the app, the edge functions and the migrations reloaded as they are saved. */
import { watch } from 'node:fs'
import { announce, DATABASE, openFolder, say, startBackend, startServer, startServices, type Backend, type Services } from './backend.ts'
import { databaseExists } from './database.ts'
import { startDevApp } from './devApp.ts'
import type { SiteParts } from './instance.ts'
import { applySchema } from './liveSchema.ts'
import { BOOTSTRAP, DEV_DATA, MIGRATIONS, SEEDS } from './paths.ts'
import { anyPort } from './ports.ts'
import { describeProblem } from './problems.ts'
import { readSettings } from './settings.ts'
import { onStop, stopOnSignals, stopWith } from './stops.ts'

/** An editor saves in several steps. */
const SETTLED_AFTER_MS = 100

async function main(): Promise<void> {
  // Its schema changes with every save: it never shares the data of npm start.
  process.env.OUTDIAL_DATA_DIR ??= DEV_DATA
  const settings = { ...readSettings(process.argv.slice(2)), isWatching: true }
  const identity = await openFolder(settings)
  if (!identity) return
  const app = startDevApp(await anyPort(), () => say('The development server of the app ended; it is started again.'))
  onStop(() => app.stop())
  const server = await startServer(settings, identity)
  const refresh = createRefresh(await startBackend(settings, identity, server), app.site)
  watchSchema(refresh)
  refresh()
}

/** One at a time; what is saved meanwhile counts for the next. */
function createRefresh(backend: Backend, site: SiteParts): () => void {
  let services: Services | null = null
  let isWanted = false
  let isFirst = true
  let running: Promise<void> | null = null
  const pause = async () => {
    await services?.stop()
    services = null
  }
  const open = async () => {
    const opened = await startServices(backend, site)
    if (isFirst) announce(backend.settings, opened.stack)
    isFirst = false
    return opened
  }
  const work = async () => {
    while (isWanted) {
      isWanted = false
      await applySchema(backend.settings.folder, backend.server, pause).catch((error: unknown) => say(`\n${describeProblem(error)}\nThe next save is awaited.\n`))
      if (services === null && await databaseExists(backend.server, DATABASE)) services = await open()
    }
  }
  onStop(async () => {
    isWanted = false
    await running
    await pause()
  })
  return () => {
    isWanted = true
    running ??= work().catch((error: unknown) => void stopWith(1, describeProblem(error))).finally(() => {
      running = null
    })
  }
}

function watchSchema(refresh: () => void): void {
  let settling: NodeJS.Timeout | undefined
  const noticed = (_event: string, file: string | null) => {
    if (file !== null && !file.endsWith('.sql')) return
    clearTimeout(settling)
    settling = setTimeout(refresh, SETTLED_AFTER_MS)
  }
  const watchers = [MIGRATIONS, BOOTSTRAP, SEEDS].map((folder) => watch(folder, noticed))
  onStop(() => {
    clearTimeout(settling)
    for (const watcher of watchers) watcher.close()
  })
}

stopOnSignals()
main().catch((error: unknown) => stopWith(1, `Outdial could not start: ${describeProblem(error)}`))
