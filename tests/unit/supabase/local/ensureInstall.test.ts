/** What a machine may lack before anything is installed, and which packages may run scripts while installing. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { installState, problemOf } from '../../../../supabase/local/ensure-install.mjs'
import { ROOT } from '../../../../supabase/local/paths.ts'

describe('before anything is installed', () => {
  test.each([
    ['16.20.2', '8.19.4', 'Outdial needs Node 20 or later to start; this is Node 16.20.2'],
    ['18.20.0', '10.0.0', 'Outdial needs Node 20 or later to start; this is Node 18.20.0'],
    ['20.0.0', null, 'Outdial needs npm, which is not installed'],
    ['20.0.0', '8.19.4', 'Outdial needs npm 9 or later; this is npm 8.19.4'],
  ])('says what is missing with Node %s and npm %s', (node, npm, words) => {
    expect(problemOf(node, npm)).toContain(words)
  })

  test('nothing is missing with Node 20 and its npm', () => {
    expect(problemOf('20.9.0', '10.1.0')).toBeNull()
  })

  test('the check itself is written in words that an old Node can read', () => {
    const source = readFileSync(join(ROOT, 'supabase', 'local', 'ensure-install.mjs'), 'utf8')
    expect(source).not.toMatch(/\?\?|\?\.|'node:|\bawait\b|\.at\(/)
  })
})

describe('what is installed', () => {
  let root: string
  const put = (path: string, seconds: number) => {
    mkdirSync(join(root, path, '..'), { recursive: true })
    writeFileSync(join(root, path), '{}')
    utimesSync(join(root, path), seconds, seconds)
  }
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'outdial-install-'))
    put('package-lock.json', 1_000)
  })
  afterEach(() => rmSync(root, { recursive: true, force: true }))

  test('is missing in a fresh clone, and after an installation that was interrupted', () => {
    expect(installState(root)).toBe('missing')
    put('node_modules/vue/package.json', 2_000)
    expect(installState(root)).toBe('missing')
  })

  test('is missing when the lockfile is newer, else current', () => {
    put('node_modules/.package-lock.json', 900)
    expect(installState(root)).toBe('missing')
    put('node_modules/.package-lock.json', 1_100)
    expect(installState(root)).toBe('current')
  })

  test('is left alone when the folder belongs to another checkout', () => {
    symlinkSync(tmpdir(), join(root, 'node_modules'))
    expect(installState(root)).toBe('linked')
  })
})

test('every package of this machine that runs a script while installing is approved', () => {
  const lock = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')) as { packages: Record<string, { hasInstallScript?: boolean }> }
  const { allowScripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { allowScripts: Record<string, boolean> }
  const withScript = Object.entries(lock.packages).filter(([, entry]) => entry.hasInstallScript)
    .map(([path]) => path.split('node_modules/').at(-1) ?? path)
  expect(withScript.length).toBeGreaterThan(0)
  expect(withScript.filter((name) => !(name in allowScripts))).toEqual([])
})
