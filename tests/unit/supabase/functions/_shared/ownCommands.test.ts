import { globSync, readFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { onlyOwn, ownCommands, type FunctionName } from '../../../../../supabase/functions/_shared/ownCommands.ts'

/** The repositories that hold the mighty key, by the name they have in services. */
const repositories = { dials: 'dialRepository', outbox: 'outboxRepository', payments: 'paymentRepository', health: 'healthRepository', connections: 'connectionRepository' }

/** repository.method → the command that it asks for. */
const commandOf = Object.fromEntries(Object.entries(repositories).flatMap(([noun, file]) => {
  const source = readFileSync(`business/repositories/${file}.ts`, 'utf8')
  return source.split(/\n(?= {4}\w+: )/).slice(1).map((method) => [`${noun}.${/^ {4}(\w+): /.exec(method)![1]}`, /callRpc(?:<[^>]*>)?\(supabase, '(\w+)'/.exec(method)?.[1] ?? ''])
})) as Record<string, string>

/** The sources that a function is made of, but for the repositories themselves and the root that creates them all. */
function sourcesOf(file: string, seen = new Set<string>()): string[] {
  if (seen.has(file) || /repositories|_shared\/deps/.test(file)) return []
  seen.add(file)
  const source = readFileSync(file, 'utf8')
  const imports = [...source.matchAll(/^(?:import|export) (?!type )[^;]*?from '(\.[^']+)'/gm)].map(([, path]) => resolve(dirname(file), path!))
  return [source, ...imports.flatMap((path) => sourcesOf(path, seen))]
}

function commandsAskedBy(name: string): string[] {
  const asked = sourcesOf(resolve(`supabase/functions/${name}/index.ts`)).flatMap((source) => [...source.matchAll(/\b(dials|outbox|payments|health|connections)\.(\w+)\(/g)].map(([, noun, method]) => `${noun}.${method}`))
  // Others have a variable of such a name, too: a Map of payments, say.
  return [...new Set(asked.flatMap((method) => commandOf[method] ?? []))]
}

describe('the functions', () => {
  const names = globSync('supabase/functions/*/index.ts').map((path) => path.split('/')[2]!).sort()

  it('are all listed', () => {
    expect(Object.keys(ownCommands).sort()).toEqual(names)
  })

  it.each(names)('%s is allowed what its services ask for, and nothing more', (name) => {
    expect([...ownCommands[name as FunctionName]].sort()).toEqual(commandsAskedBy(name).sort())
  })

  it('reach nothing else with the mighty key', async () => {
    const asked: string[] = []
    const rpc = (command: string) => Promise.resolve({ data: asked.push(command), error: null, status: 200 })
    const client = onlyOwn({ rpc }, 'run-outbox')
    await client.rpc('claim_outbox', {})
    await client.rpc('spend_requests', {})
    expect(() => client.rpc('claim_calls', {})).toThrow('run-outbox has no business with claim_calls.')
    expect(asked).toEqual(['claim_outbox', 'spend_requests'])
  })
})
