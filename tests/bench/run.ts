/**
 * `npm run bench` measures every part; `npm run bench -- entry queue` only the named ones; `-- --json` prints the figures and
 * nothing else; `-- --scale full` takes the large tables. How each is measured is in the README beside this file.
 */
import { parseArgs } from 'node:util'
import { table, type Figure, type Part, type Scale } from './measure.ts'

/** Loaded when asked for: a figure about the queue needs no browser. */
const PARTS: Record<string, Part> = {
  entry: async () => (await import('./entry.ts')).measureEntry(),
  queue: async (scale) => (await import('./queue.ts')).measureQueue(scale),
  settle: async (scale) => (await import('./settle.ts')).measureSettlement(scale),
  lighthouse: async () => (await import('../support/startedStack.ts')).withStack((await import('./lighthouse.ts')).measurePages),
}

const { values, positionals } = parseArgs({ allowPositionals: true, options: { json: { type: 'boolean' }, scale: { type: 'string', default: 'small' } } })

async function measure(names: string[], scale: Scale): Promise<Figure[]> {
  const figures: Figure[] = []
  for (const name of names) {
    const part = PARTS[name]
    if (!part) throw new Error(`There is no part "${name}". The parts: ${Object.keys(PARTS).join(', ')}.`)
    process.stderr.write(`Measuring ${name} …\n`)
    figures.push(...await part(scale))
  }
  return figures
}

function scaleOf(text: string): Scale {
  if (text !== 'small' && text !== 'full') throw new Error('--scale is small or full.')
  return text
}

const names = positionals.length > 0 ? positionals : Object.keys(PARTS)
const figures = await measure(names, scaleOf(values.scale))
process.stdout.write(values.json ? `${JSON.stringify(figures, null, 2)}\n` : `${table(figures)}\n`)
