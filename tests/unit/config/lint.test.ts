import { ESLint } from 'eslint'
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

// The import rules find nothing at all when the resolver is set up wrongly, so each kind of import is shown to be caught.
const eslint = new ESLint({ ignore: false })

async function rulesBrokenBy(code: string, filePath: string): Promise<(string | null)[]> {
  const [result] = await eslint.lintText(`${code}\n`, { filePath })
  return (result?.messages ?? []).map(({ ruleId }) => ruleId)
}

const restricted = 'import-x/no-restricted-paths'

// Whichever comes first loads ESLint.
describe('lint', () => {
  it.each([
    ['a component that takes a repository by alias', 'app/components/auth/probe.ts', 'export * from \'~~/business/repositories/accountRepository.ts\''],
    ['a store that takes a component without extension', 'app/stores/probe.ts', 'export * from \'~/components/shared/menu\''],
    ['a store that takes a Vue component', 'app/stores/probe.ts', 'export { default } from \'~/components/ui/Button.vue\''],
    ['a primitive that takes a model', 'app/components/ui/probe.ts', 'export * from \'~~/business/models/account.ts\''],
    ['a page that takes a gateway', 'app/pages/probe.ts', 'export * from \'~~/business/gateways/calls/callGateway.ts\''],
    ['a model that takes a repository', 'business/models/probe.ts', 'export * from \'../repositories/rpc.ts\''],
    ['a repository that takes the app', 'business/repositories/probe.ts', 'export * from \'../../app/utils/format.ts\''],
  ])('refuses %s', async (_case, filePath, code) => {
    expect(await rulesBrokenBy(code, filePath)).toContain(restricted)
  })

  it.each([
    ['the composition root that creates repositories', 'app/plugins/deps.ts', 'export * from \'~~/business/repositories/accountRepository.ts\''],
    ['a store that takes a model', 'app/stores/probe.ts', 'export * from \'~~/business/models/account.ts\''],
    ['a component that takes a store', 'app/components/auth/probe.ts', 'export * from \'~/stores/accountStore\''],
  ])('allows %s', async (_case, filePath, code) => {
    expect(await rulesBrokenBy(code, filePath)).not.toContain(restricted)
  })

  it('refuses files that import each other', async () => {
    const path = 'tests/unit/config/fixtures/first.ts'
    expect(await rulesBrokenBy(readFileSync(path, 'utf8').trimEnd(), path)).toContain('import-x/no-cycle')
  })

  it('refuses to be switched off by a comment', async () => {
    const code = '/* eslint-disable */\nexport * from \'../repositories/rpc.ts\''
    expect(await rulesBrokenBy(code, 'business/models/probe.ts')).toContain(restricted)
  })
})
