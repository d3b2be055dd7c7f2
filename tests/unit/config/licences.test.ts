/** What others wrote may be used as we use it: every package of the lockfile says so by a licence that asks for nothing but to be named. */
import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'

interface Package { license?: string, dev?: boolean, optional?: boolean }
const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8')) as { packages: Record<string, Package> }

const permissive = new Set(['MIT', 'MIT-0', 'Apache-2.0', 'ISC', 'BSD-2-Clause', 'BSD-3-Clause', '0BSD', 'BlueOak-1.0.0', 'CC0-1.0', 'Unlicense', 'Python-2.0', 'OFL-1.1'])
/** Licences that bind changed copies of the package itself, and data that wants to be named: used as they are. */
const usedUnchanged: Record<string, RegExp> = {
  'MPL-2.0': /^(lightningcss(-[\w-]+)?|axe-core|@axe-core\/playwright)$/,
  'CC-BY-4.0': /^caniuse-lite$/,
  'CC-BY-3.0': /^spdx-exceptions$/,
}
/** The lockfile does not say it; read by hand, from the package or its repository. */
const readByHand: Record<string, string> = { '@vapi-ai/server-sdk': 'MIT', 'xmlhttprequest-ssl': 'MIT' }

const nameOf = (path: string) => path.replace(/^.*node_modules\//, '')
/** Of "(A OR B)" we choose the one that suits. */
const choices = (licence: string) => licence.replace(/[()]/g, '').split(' OR ')

function isFine(name: string, { license, optional }: Package): boolean {
  // Builds for other platforms that this one's registry does not show: they carry the licence of the package that asks for them.
  const licence = license ?? readByHand[name]
  if (licence === undefined) return optional === true
  return choices(licence).some((one) => permissive.has(one) || usedUnchanged[one]?.test(name))
}

it('knows the licence of every package, and none of them claims our own code', () => {
  const unfit = Object.entries(packages).filter(([path, entry]) => path !== '' && !isFine(nameOf(path), entry))
  expect(unfit.map(([path, { license }]) => `${nameOf(path)}: ${license ?? 'none'}`)).toEqual([])
})

it.each([['GPL-3.0', false], ['AGPL-3.0-only', false], ['(BSD-3-Clause OR GPL-2.0)', true], ['MPL-2.0', false], ['MIT', true]])('judges a package under %s: %s', (license, isGood) => {
  expect(isFine('something', { license })).toBe(isGood)
})
