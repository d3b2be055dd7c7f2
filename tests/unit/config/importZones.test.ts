import { ESLint } from 'eslint'
import { globSync } from 'node:fs'
import { dirname, relative } from 'node:path'
import { describe, expect, it } from 'vitest'
import { importZones } from '../../../config/importZones.ts'

const eslint = new ESLint({ ignore: false, overrideConfigFile: 'eslint.config.mjs' })

/** A file inside each target that is a pattern and no folder. A new pattern needs its line: without one its test fails. */
const insidePattern: Record<string, string> = {
  './app/*.vue': 'app/probe.vue',
  './app/!(plugins|composables)/**': 'app/stores/probe.ts',
  './app/plugins/!(deps).ts': 'app/plugins/probe.ts',
  './app/composables/!(useDeps).ts': 'app/composables/probe.ts',
  './supabase/functions/!(_shared)/**': 'supabase/functions/run-outbox/probe.ts',
}

/** Every way that a zone forbids: from each of its targets to each of its sources, through a file that exists. */
const ways = importZones.flatMap(({ target, from, message }) => target.flatMap((into) => from.map((source) => {
  const probe = /[*!]/.test(into) ? insidePattern[into] : `${into.slice(2)}/probe.ts`
  return { into, source, message, probe, imported: globSync(`${source.slice(2)}/**/*.{ts,vue}`).sort()[0] }
})))

async function complaintsAbout(probe: string, imported: string): Promise<string[]> {
  const path = relative(dirname(probe), imported)
  const line = `export * from '${path.startsWith('.') ? path : `./${path}`}'`
  const code = probe.endsWith('.vue') ? `<script lang="ts">\n${line}\n</script>\n` : `${line}\n`
  const [result] = await eslint.lintText(code, { filePath: probe })
  return (result?.messages ?? []).filter(({ ruleId }) => ruleId === 'import-x/no-restricted-paths').map(({ message }) => message)
}

// Whichever comes first loads ESLint.
describe('the import zones', () => {
  it.each(ways)('refuse $source in $into', async ({ probe, imported, message }) => {
    expect(probe, 'a file inside the pattern').toBeDefined()
    expect(imported, 'a file that could be imported').toBeDefined()
    expect((await complaintsAbout(probe!, imported!)).join('\n')).toContain(message)
  })

  it.each([
    ['tests', 'tests/unit/probe.ts', 'supabase/local/paths.ts'],
    ['a store', 'app/stores/probe.ts', 'business/services/contacts/mapColumns.ts'],
    ['a function', 'supabase/functions/run-outbox/probe.ts', 'business/services/outbox/runOutbox.ts'],
    ['what functions share', 'supabase/functions/_shared/probe.ts', 'business/repositories/outboxRepository.ts'],
  ])('let %s have what it stands on', async (_who, probe, imported) => {
    expect(await complaintsAbout(probe, imported)).toEqual([])
  })
})
