import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { entryBytes, entryFiles, prefetchedBytes } from '../../../config/entrySize.ts'

let folder = ''
afterEach(() => rmSync(folder, { recursive: true }))

function build(html: string, scripts: Record<string, string>) {
  folder = mkdtempSync(join(tmpdir(), 'entry-'))
  mkdirSync(join(folder, '_nuxt'))
  writeFileSync(join(folder, '200.html'), html)
  for (const [name, content] of Object.entries(scripts)) writeFileSync(join(folder, '_nuxt', name), content)
}

describe('entrySize', () => {
  it('adds up what the shell loads at once, not what it prefetches', () => {
    const preload = (name: string) => `<link rel="modulepreload" as="script" crossorigin href="/_nuxt/${name}">`
    build(`${preload('a.js')}${preload('b.js')}<link rel="prefetch" as="script" crossorigin href="/_nuxt/later.js">`, {
      'a.js': 'a'.repeat(1000),
      'b.js': 'b'.repeat(1000),
      'later.js': 'c'.repeat(1000),
    })
    expect(entryFiles(folder).map(({ path }) => path)).toEqual(['/_nuxt/a.js', '/_nuxt/b.js'])
    expect(entryBytes(folder)).toBeGreaterThan(0)
    expect(entryBytes(folder)).toBeLessThan(100)
    expect(prefetchedBytes(folder), 'what comes later is counted apart').toBeGreaterThan(0)
    expect(prefetchedBytes(folder)).toBeLessThan(entryBytes(folder))
  })

  it('refuses a shell that names no script: then it measures nothing', () => {
    build('<html></html>', {})
    expect(() => entryBytes(folder)).toThrow('no script')
  })
})
