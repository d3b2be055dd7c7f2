import { expect, it } from 'vitest'
import { textsOfModules } from '../../../config/textsOfModules.ts'

type Hook = (this: { error: (words: string) => never }, ...args: string[]) => unknown
const plugin = textsOfModules() as unknown as { resolveId: Hook, load: Hook, transform: Hook }
const bundler = { error: (words: string): never => { throw new Error(words) } }
const transformed = (code: string, path: string) => (plugin.transform.call(bundler, code, `/product/${path}`) as { code: string } | undefined)?.code

it('a component brings the texts that it names, each once', () => {
  const code = transformed('<script setup lang="ts">\nconst x = 1\n</script>\n<template>{{ t(\'billing.title\') }} {{ t(`calls.state.${x}`) }} {{ t("billing.balance") }}</template>', 'app/components/X.vue')
  expect(code).toMatch(/^<script setup lang="ts">import 'virtual:texts\/billing';import 'virtual:texts\/calls';\n/)
})

it('so does a model whose values are keys', () => {
  expect(transformed('export const label = \'team.role.owner\'', 'business/models/team.ts')).toBe('import \'virtual:texts/team\';export const label = \'team.role.owner\'')
})

it('what only looks like a text, what the app always has, and what is not of the app bring none', () => {
  expect(transformed('const x = calls.length, y = \'shell.actions.save\', z = \'bills.title\'', 'app/utils/x.ts')).toBeUndefined()
  expect(transformed('t(\'billing.title\')', 'business/services/x.ts')).toBeUndefined()
  expect(transformed('t(\'billing.title\')', 'app/components/X.vue?vue&type=template')).toBeUndefined()
})

it('a component without a script is refused instead of shown without its texts', () => {
  expect(() => transformed('<template>{{ t(\'billing.title\') }}</template>', 'app/components/X.vue')).toThrow('no script')
})

it('the module of a feature hands over its catalogue', () => {
  const id = plugin.resolveId.call(bundler, 'virtual:texts/billing') as string
  expect(plugin.load.call(bundler, id)).toMatch(/addTexts\('billing', texts\)/)
})
