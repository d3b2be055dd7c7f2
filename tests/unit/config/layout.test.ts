import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

const tracked = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], { encoding: 'utf8' })
const files = tracked.split('\0').filter((path) => path !== '' && existsSync(path))
/** Written by Supabase's command, compared letter by letter in tests/database/generated.test.ts. */
const generated = 'business/repositories/database.types.ts'

const rooms = ['app', 'business', 'config', 'public', 'supabase', 'tests']

/** What tools and hosts look for at the top level only, beside the six rooms. */
const topLevelFiles = [
  'CHANGELOG.md', 'LICENSE', 'README.md', 'eslint.config.mjs', 'knip.config.ts', 'nuxt.config.ts', 'package-lock.json', 'package.json',
  'tsconfig.json', 'vitest.config.ts',
]

describe('the house', () => {
  it('has six rooms and nothing else at its top level', () => {
    const top = new Set(files.map((path) => path.split('/')[0] ?? ''))
    expect([...top].filter((name) => !name.startsWith('.')).sort()).toEqual([...rooms, ...topLevelFiles].sort())
  })

  it.each(rooms.filter((room) => room !== 'public'))('opens %s with a README', (room) => {
    expect(existsSync(`${room}/README.md`)).toBe(true)
  })

  it('introduces itself in 150 lines', () => {
    expect(readFileSync('README.md', 'utf8').split('\n').length).toBeLessThanOrEqual(150)
  })

  it('holds text without tabs, trailing blanks, carriage returns, or a missing last line break', () => {
    const texts = files.filter((path) => /\.(ts|mjs|js|vue|sql|json|md|css|html|toml|yml)$/.test(path) && path !== generated)
    const untidy = texts.filter((path) => {
      const text = readFileSync(path, 'utf8')
      return /[ \t]$|\r|^<{7} |^>{7} /m.test(text) || /^\t/m.test(text) || !text.endsWith('\n')
    })
    expect(untidy).toEqual([])
  })
})
