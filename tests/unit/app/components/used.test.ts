import { globSync, readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { expect, it } from 'vitest'

const files = globSync('app/**/*.{vue,ts}').map((path) => ({ path, text: readFileSync(path, 'utf8') }))
const components = globSync('app/components/**/*.vue').map((path) => ({ path, name: basename(path, '.vue') }))

/** Templates name components without importing them, so that no other check sees when the last one that did is gone. */
it('shows every component somewhere', () => {
  const named = ({ path, name }: { path: string, name: string }) => files.some((file) => {
    return file.path !== path && new RegExp(`<(Lazy)?${name}(?![A-Za-z])|/${name}\\.vue'|resolveComponent\\('${name}'\\)`).test(file.text)
  })
  expect(components.filter((component) => !named(component)).map(({ path }) => path)).toEqual([])
})
