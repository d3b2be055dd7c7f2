/**
 * `npm run bench` measures every part; `npm run bench -- entry queue` only the named ones; `-- --full` at the sizes that the gates
 * speak of; `-- --json` prints the figures and nothing else. How each is measured is in the README beside this file. A gate that
 * is missed is a result; only a measurement that is void makes the command fail.
 */
import { parseArgs } from 'node:util'
import { loadavg } from 'node:os'
import { SCALES, table, voidFigure, type Figure, type Part, type Scale } from './measure.ts'
import { onOneServer } from './server.ts'

/** Loaded when asked for: a figure about the queue needs no browser. */
const PARTS: Record<string, Part> = {
  entry: async () => (await import('./entry.ts')).measureEntry(),
  queue: async (scale) => (await import('./queue.ts')).measureQueue(scale),
  settlement: async (scale) => (await import('./settlement.ts')).measureSettlement(scale),
  buffers: async (scale) => (await import('./buffers.ts')).measureBuffers(scale),
  claims: async (scale) => (await import('./claims.ts')).measureClaims(scale),
  crowded: async (scale) => (await import('./crowded.ts')).measureCrowded(scale),
  fairness: async (scale) => (await import('./fairness.ts')).measureFairness(scale),
  lists: async (scale) => (await import('./lists.ts')).measureLists(scale),
  contacts: async (scale) => (await import('./contacts.ts')).measureContacts(scale),
  callLog: async (scale) => (await import('./callLog.ts')).measureCallLog(scale),
  dashboard: async (scale) => (await import('./dashboard.ts')).measureDashboard(scale),
  proof: async (scale) => (await import('./proof.ts')).measureProof(scale),
  rescue: async (scale) => (await import('./rescue.ts')).measureRescue(scale),
  optout: async (scale) => (await import('./optout.ts')).measureOptOut(scale),
  webhook: async (scale) => (await import('./webhook.ts')).measureWebhook(scale),
  screen: async (scale) => (await import('./screen.ts')).measureScreen(scale),
  pageSizes: async () => (await import('./pageSizes.ts')).measurePageSizes(),
  watching: async (scale) => (await import('./watching.ts')).measureWatching(scale),
  month: async (scale) => (await import('./month.ts')).measureMonth(scale),
  export: async (scale) => (await import('./export.ts')).measureExport(scale),
  import: async (scale) => (await import('./import.ts')).measureImport(scale),
  start: async (scale) => (await import('./start.ts')).measureStart(scale),
  lighthouse: async () => (await import('../support/startedStack.ts')).withStack((await import('./lighthouse.ts')).measurePages),
}

const { values, positionals } = parseArgs({ allowPositionals: true, options: { json: { type: 'boolean' }, full: { type: 'boolean' }, scale: { type: 'string', default: 'small' } } })

async function measure(names: string[], scale: Scale): Promise<Figure[]> {
  const figures: Figure[] = []
  for (const name of names) {
    process.stderr.write(`Measuring ${name} … (load ${loadavg()[0]?.toFixed(1)})\n`)
    try {
      figures.push(...await partOf(name)(scale))
    } catch (error) {
      figures.push(voidFigure(name, error))
    }
  }
  return figures
}

function partOf(name: string): Part {
  const part = PARTS[name]
  if (!part) throw new Error(`there is no part "${name}". The parts: ${Object.keys(PARTS).join(', ')}.`)
  return part
}

function scaleOf(text: string): Scale {
  const scale = SCALES.find((known) => known === text)
  if (!scale) throw new Error(`--scale is one of ${SCALES.join(', ')}.`)
  return scale
}

const names = positionals.length > 0 ? positionals : Object.keys(PARTS)
const scale = values.full ? 'full' : scaleOf(values.scale)
const figures = await (scale === 'smoke' ? onOneServer(() => measure(names, scale)) : measure(names, scale))
process.stdout.write(values.json ? `${JSON.stringify(figures, null, 2)}\n` : `${table(figures)}\n`)
process.exitCode = figures.some(({ value }) => value === null) ? 1 : 0
