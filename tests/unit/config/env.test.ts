import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { envSchema, readEnv } from '../../../config/env.ts'

const read = (env: Record<string, string>) => readEnv('no such file', env)

describe('readEnv', () => {
  it('needs nothing', () => {
    expect(read({})).toEqual({})
  })

  it('takes an empty value, as .env.example has them, for none', () => {
    expect(read({ OUTDIAL_PORT: '', VAPI_API_KEY: '' })).toEqual({})
  })

  it('reads a port as a number', () => {
    expect(read({ OUTDIAL_PORT: '4711' })).toEqual({ OUTDIAL_PORT: 4711 })
  })

  it.each<Record<string, string>>([
    { OUTDIAL_PORT: 'abc' },
    { OUTDIAL_PORT: '70000' },
    { VAPI_BASE_URL: 'not a url' },
    { LOG_LEVEL: 'loud' },
  ])('names what is wrong with %o', (env) => {
    expect(() => read(env)).toThrow(Object.keys(env)[0])
  })
})

describe('.env.example', () => {
  const documented = [...readFileSync('.env.example', 'utf8').matchAll(/^([A-Z_]+)=/gm)].map((match) => match[1])
  const ofFunctions = [...readFileSync('supabase/functions/_shared/env.ts', 'utf8').matchAll(/'([A-Z][A-Z_]+)'/g)].map((match) => match[1])

  it('describes exactly what the stack and the functions read', () => {
    expect([...documented].sort()).toEqual([...new Set([...Object.keys(envSchema.shape), ...ofFunctions])].sort())
  })
})
