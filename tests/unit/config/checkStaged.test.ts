import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

// A staging area of its own, with an object store of its own, over this checkout: nothing here touches what a person has staged, and
// no staged file exists in the folder, so that only the staged content can be what is judged.
let folder = ''
let env: NodeJS.ProcessEnv = {}
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'staged-'))
  const objects = execFileSync('git', ['rev-parse', '--path-format=absolute', '--git-path', 'objects'], { encoding: 'utf8' }).trim()
  env = { ...process.env, GIT_INDEX_FILE: join(folder, 'index'), GIT_OBJECT_DIRECTORY: folder, GIT_ALTERNATE_OBJECT_DIRECTORIES: objects }
  execFileSync('git', ['read-tree', 'HEAD'], { env })
})
afterEach(() => rmSync(folder, { recursive: true }))

function stage(path: string, content: string) {
  const hash = execFileSync('git', ['hash-object', '-w', '--stdin'], { env, input: content, encoding: 'utf8' }).trim()
  execFileSync('git', ['update-index', '--add', '--cacheinfo', `100644,${hash},${path}`], { env })
}

function commitCheck() {
  const { status, stderr } = spawnSync('sh', ['.githooks/pre-commit'], { env, encoding: 'utf8' })
  return { status, stderr }
}

describe('the check before a commit', () => {
  it('lets good files pass', () => {
    stage('business/models/probe.ts', 'export const one = 1\n')
    stage('config/probe.md', '# A note\n')
    expect(commitCheck()).toEqual({ status: 0, stderr: '' })
  })

  it.each([
    ['what the linter refuses', 'business/models/probe.ts', 'export const one: any = 1\n', 'no-explicit-any'],
    ['an unsolved conflict', 'config/probe.md', `${'<'.repeat(7)} HEAD\n`, 'conflict'],
    ['a private key', 'config/probe.md', `-----BEGIN RSA ${'PRIVATE'} KEY-----\n`, 'private key'],
    ['a file of more than a megabyte', 'public/probe.txt', 'x'.repeat(1_000_001), '1000001 bytes'],
  ])('refuses %s, and says where', (_what, path, content, words) => {
    stage(path, content)
    const { status, stderr } = commitCheck()
    expect(status).toBe(1)
    expect(stderr).toContain(path)
    expect(stderr).toContain(words)
  })

  it('judges a file by its staged half', () => {
    stage('config/env.ts', 'export const one: any = 1\n')
    expect(commitCheck().stderr).toContain('config/env.ts:1')
  })
})
