/** `npm run types:database`: writes the generated types from the migrations, on a throwaway server. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { chmod } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createPlatformDatabase, migrate } from './database.ts'
import { ROOT } from './paths.ts'
import { anyPort } from './ports.ts'
import { startPostgres } from './postgres.ts'
import { generatedTypes } from './supabaseCli.ts'

const folder = mkdtempSync(join(tmpdir(), 'outdial-types-'))
await chmod(folder, 0o755)
const server = await startPostgres({ folder: join(folder, 'postgres'), port: await anyPort(), password: 'types', isDurable: false })
await createPlatformDatabase(server, 'types')
await migrate(server, 'types')
writeFileSync(join(ROOT, 'business', 'repositories', 'database.types.ts'), await generatedTypes(server.url('types', 'postgres')))
await server.stop()
rmSync(folder, { recursive: true, force: true })
