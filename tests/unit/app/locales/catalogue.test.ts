import { globSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

interface Catalogue {
  [key: string]: string | Catalogue
}

const files = globSync('app/locales/en/*.json')
const catalogue = Object.fromEntries(
  files.map((file) => [file.replace(/^.*\/|\.json$/g, ''), JSON.parse(readFileSync(file, 'utf8')) as Catalogue]),
)
const keys = new Set(flatten(catalogue))
const sources = globSync(['app/**/*.{vue,ts}', 'business/models/*.ts'])
  .filter((path) => !path.includes('/locales/'))
  .map((path) => ({ path, text: readFileSync(path, 'utf8') }))

function flatten(node: Catalogue, prefix = ''): string[] {
  return Object.entries(node).flatMap(([key, value]) => (typeof value === 'string' ? [`${prefix}${key}`] : flatten(value, `${prefix}${key}.`)))
}

const features = Object.keys(catalogue).join('|')
/** Every quoted word that looks like a key, 'shell.actions.save'; a permission in can('…') only looks the same. */
const literals = new RegExp(`(?<!can\\()['"]((?:${features})\\.[\\w.]+)['"]`, 'g')
/** Keys put together while running, `calls.outcome.${outcome}`: they use everything below. */
const prefixes = new RegExp('`((?:' + features + ')\\.[\\w.]*)\\$\\{', 'g')

const matches = (pattern: RegExp) => sources.flatMap(({ path, text }) => [...text.matchAll(pattern)].map((match) => ({ path, key: match[1] ?? '' })))

describe('the English catalogue', () => {
  it('has every text the app names', () => {
    const inGroup = (key: string) => [...keys].some((known) => known.startsWith(`${key}.`))
    expect(matches(literals).filter(({ key }) => !keys.has(key) && !inGroup(key))).toEqual([])
  })

  it('has something below every prefix the app builds keys on', () => {
    expect(matches(prefixes).filter(({ key }) => ![...keys].some((known) => known.startsWith(key)))).toEqual([])
  })

  it('has no text that nothing shows', () => {
    const named = new Set(matches(literals).map(({ key }) => key))
    const built = matches(prefixes).map(({ key }) => key)
    expect([...keys].filter((key) => !named.has(key) && !built.some((prefix) => key.startsWith(prefix)))).toEqual([])
  })

  it('is the only place with English sentences in templates', () => {
    const visible = /<template>[\s\S]*<\/template>/
    const words = sources
      .filter(({ path }) => path.endsWith('.vue'))
      .flatMap(({ path, text }) => [...(visible.exec(text)?.[0] ?? '').matchAll(/>\s*([A-Z][a-z]+(?: [a-z]+)+)[^<{]*</g)].map((match) => `${path}: ${match[1]}`))
    expect(words).toEqual([])
  })
})
