import { existsSync } from 'node:fs'
import ts from 'typescript'
import { describe, expect, it } from 'vitest'

/** The compiler options without which a mistake would pass in one half of the house and not in the other. */
const strict = [
  'strict', 'noUncheckedIndexedAccess', 'noImplicitOverride', 'noImplicitReturns', 'noFallthroughCasesInSwitch', 'noUnusedLocals', 'verbatimModuleSyntax',
] as const

describe.each(['.nuxt/tsconfig.app.json', 'tests/tsconfig.json', 'supabase/local/tsconfig.json'])('%s', (file) => {
  it.skipIf(!existsSync(file)).each(strict)('sets %s', (option) => {
    const onUnRecoverableConfigFileDiagnostic = (problem: ts.Diagnostic) => expect(problem).toBeUndefined()
    const config = ts.getParsedCommandLineOfConfigFile(file, {}, { ...ts.sys, onUnRecoverableConfigFileDiagnostic })
    expect(config?.options[option]).toBe(true)
  })
})
