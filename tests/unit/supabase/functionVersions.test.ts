import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const root = fileURLToPath(new URL('../../../', import.meta.url))
const functionsFolder = join(root, 'supabase/functions')
const functions = readdirSync(functionsFolder, { withFileTypes: true }).filter((entry) => entry.isDirectory() && !entry.name.startsWith('_')).map(({ name }) => name)
const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { dependencies: Record<string, string> }

/** Deployed, a function reads its own deno.json; here everything comes from the root. The two must say the same. */
function pinned(name: string): Record<string, string> {
  const { imports } = JSON.parse(readFileSync(join(functionsFolder, name, 'deno.json'), 'utf8')) as { imports: Record<string, string> }
  return imports
}

/** Packages and files that a file reaches through imports that remain after types are stripped. */
function reach(file: string, seen = { files: new Set<string>(), packages: new Set<string>() }) {
  if (seen.files.has(file)) return seen
  seen.files.add(file)
  const source = readFileSync(file, 'utf8')
  for (const [, specifier = ''] of source.matchAll(/^(?:import|export) (?!type )[^;]*?from '([^']+)'/gm)) {
    // What every runtime brings along is pinned nowhere.
    if (specifier.startsWith('node:')) continue
    if (specifier.startsWith('.')) reach(resolve(dirname(file), specifier), seen)
    else seen.packages.add(specifier.split('/').slice(0, specifier.startsWith('@') ? 2 : 1).join('/'))
  }
  return seen
}
/** For whoever watches; it tells nothing. */
const OPEN = ['health']
const reachOf = (name: string) => reach(join(functionsFolder, name, 'index.ts'))

describe.each(functions)('the function %s', (name) => {
  it('pins the versions of package.json', () => {
    for (const [specifier, target] of Object.entries(pinned(name))) {
      const bare = specifier.replace(/\/$/, '')
      const isFolder = specifier.endsWith('/')
      expect(target).toBe(isFolder ? `npm:/${bare}@${dependencies[bare]}/` : `npm:${bare}@${dependencies[bare]}`)
    }
  })

  it('pins what it reaches and nothing else', () => {
    const names = Object.keys(pinned(name)).filter((specifier) => !specifier.endsWith('/'))
    expect(names.sort()).toEqual([...reachOf(name).packages].sort())
  })

  it('imports files by their full name, as Deno wants', () => {
    expect([...reachOf(name).files].filter((file) => !existsSync(file) || !file.endsWith('.ts'))).toEqual([])
  })

  it('is a few lines over one service', () => {
    expect(readFileSync(join(functionsFolder, name, 'index.ts'), 'utf8').split('\n').length).toBeLessThanOrEqual(40)
  })

  it('is guarded, and its caller is not checked by the platform', () => {
    const source = readFileSync(join(functionsFolder, name, 'index.ts'), 'utf8')
    const routes = [...source.matchAll(/app\.(?:get|post|put|patch|delete|all)\('[^']*', (\w+)/g)].map(([, guard]) => guard)
    expect(routes.length).toBeGreaterThan(0)
    expect(routes.filter((guard) => !/^require[A-Z]/.test(guard!) && !OPEN.includes(name))).toEqual([])
    const config = readFileSync(join(root, 'supabase/config.toml'), 'utf8')
    expect(config).toContain(`[functions.${name}]\nverify_jwt = false`)
  })
})

it('loads the SDK of a provider only where calls are placed or looked for', () => {
  const withSdk = functions.filter((name) => reachOf(name).packages.has('@vapi-ai/server-sdk'))
  expect(withSdk).toEqual(['dispatch-calls', 'end-call', 'place-test-call', 'reconcile-calls'])
})

it('loads the SDK of payments only where the provider is asked, never where its webhooks arrive', () => {
  const withSdk = functions.filter((name) => reachOf(name).packages.has('stripe'))
  expect(withSdk).toEqual(['create-checkout', 'manage-cards', 'reconcile-payments', 'run-outbox'])
})

it('is listed in config.toml exactly when its folder exists', () => {
  const config = readFileSync(join(root, 'supabase/config.toml'), 'utf8')
  expect([...config.matchAll(/^\[functions\.([^\]]+)\]$/gm)].map(([, name]) => name).sort()).toEqual(functions.sort())
})
